import { html, nothing, type Html } from '../markup/html.ts'

export interface PageSettings {
  siteName: string
  stylesheet: string
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
}

/** Renders a whole page around its main part. */
export function layout(settings: PageSettings, { title, main, head = nothing, banner = nothing }: Page): string {
  const { siteName, stylesheet, publisher, issn } = settings
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title === siteName ? title : `${title} | ${siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href="${stylesheet}" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        ${head}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${banner}
        <header class="site">
          <a class="site-name" href="/">${siteName}</a>
          <nav aria-label="Site"><a href="/">Latest articles</a></nav>
        </header>
        <main id="main">${main}</main>
        <footer class="site">
          <p>
            ${siteName}${publisher ? html`, published by ${publisher}` : nothing}${issn ? html`. ISSN ${issn}` : nothing}
          </p>
        </footer>
      </body>
    </html>`
  return page.toString().trimStart()
}
