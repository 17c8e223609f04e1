import { Marked } from 'marked'
import { html, safe, type Html } from '../markup/html.ts'

/** Markdown as HTML. What is HTML in it is shown as it is written; the page's title is above it, so its headings begin at 2. */
export function markdown(text: string): Html {
  const marked = new Marked({ async: false, gfm: true })
  marked.use({
    renderer: { html: ({ text: written }) => html`${written}`.toString() },
    walkTokens: (token) => {
      if (token.type === 'heading') token['depth'] = Math.max(2, Number(token['depth']))
    },
  })
  const written = marked.parse(text)
  return safe(
    typeof written === 'string' ? written.replaceAll(/href="\s*(?:javascript|data|vbscript):[^"]*"/gi, 'href="#"') : '',
  )
}
