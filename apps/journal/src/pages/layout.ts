import { html, nothing, when, type Html } from '../markup/html.ts'

export interface PageSettings {
  siteName: string
  /** The site's own address for readers, without a slash at the end. */
  siteUrl: string
  stylesheet: string
  /** The one script. Pages are whole without it. */
  script: string
  /** Of the only journal; of pages of a site with several, each article's own is named. */
  publisher: string
  issn?: string | undefined
  /** The journals of the site; where it is the only one, every page is in its colours. */
  journals: readonly JournalLook[]
}

/** The look of a journal on the site, and its own pages. */
export interface JournalLook {
  prefix: string
  name: string
  publisher: string
  issn?: string | undefined
  /** The address of a stylesheet that has its colours. */
  stylesheet?: string
  /** The address of its logo. */
  logo?: string
  /** Its own pages: about it, its policies. */
  pages: readonly { name: string; title: string }[]
}

export interface Page {
  /** Text, for the browser's title bar. */
  title: string
  main: Html
  /** Beside the main part: where to go in it. */
  head?: Html
  /** Above everything, such as the banner of a preview. */
  banner?: Html
  /** The journal that the page belongs to. */
  journal?: { name: string; publisher: string; issn?: string | undefined }
}

/** Renders a whole page around its main part. */
export function layout(settings: PageSettings, page: Page): string {
  const { siteName, stylesheet, script, journals } = settings
  const { title, main, head = nothing, banner = nothing } = page
  const { name, publisher, issn } = page.journal ?? { ...settings, name: siteName }
  const look = journals.length === 1 ? journals[0] : journals.find((journal) => journal.name === page.journal?.name)
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title === siteName ? title : `${title} | ${siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href="${stylesheet}" />
        ${when(look?.stylesheet, (address) => html`<link rel="stylesheet" href="${address}" />`)}
        <script type="module" src="${script}"></script>
        <link rel="alternate" type="application/atom+xml" title="${siteName}" href="/feed.atom" />
        <link rel="alternate" type="application/feed+json" title="${siteName}" href="/feed.json" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        ${head}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${banner}
        <header class="site">
          ${brand(settings, look)}
          <nav aria-label="Site">
            <a href="/">Home</a> <a href="/browse">Browse</a> <a href="/subjects">Subjects</a>
            <a href="/search">Search</a>
          </nav>
        </header>
        <main id="main">${main}</main>
        <footer class="site">
          <p>
            ${name}${publisher ? html`, published by ${publisher}` : nothing}${issn ? html`. ISSN ${issn}` : nothing}
          </p>
          ${ownPages(look)}
        </footer>
      </body>
    </html>`
  return whole.toString().trimStart()
}

/** The site's name; on a page of one of several journals also that journal's, each leading to its first page. */
function brand({ siteName, journals }: PageSettings, look: JournalLook | undefined): Html {
  const logo = when(look?.logo, (address) => html`<img class="logo" src="${address}" alt="" />`)
  if (!look || journals.length === 1) return html`<a class="site-name" href="/">${logo}${siteName}</a>`
  return html`<p class="brand">
    <a class="site-name" href="/journals/${look.prefix}">${logo}${look.name}</a>
    ${look.name === siteName ? nothing : html`<a class="above" href="/">${siteName}</a>`}
  </p>`
}

function ownPages(look: JournalLook | undefined): Html {
  if (!look || look.pages.length === 0) return nothing
  return html`<nav aria-label="About ${look.name}">
    ${look.pages.map(({ name, title }) => html`<a href="/journals/${look.prefix}/${name}">${title}</a> `)}
  </nav>`
}
