import { html, nothing, type Html } from '../markup/html.ts'

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
  const { siteName, stylesheet, script } = settings
  const { title, main, head = nothing, banner = nothing } = page
  const { name, publisher, issn } = page.journal ?? { ...settings, name: siteName }
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title === siteName ? title : `${title} | ${siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href="${stylesheet}" />
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
          <a class="site-name" href="/">${siteName}</a>
          <nav aria-label="Site"><a href="/">Latest articles</a> <a href="/search">Search</a></nav>
        </header>
        <main id="main">${main}</main>
        <footer class="site">
          <p>
            ${name}${publisher ? html`, published by ${publisher}` : nothing}${issn ? html`. ISSN ${issn}` : nothing}
          </p>
        </footer>
      </body>
    </html>`
  return whole.toString().trimStart()
}
