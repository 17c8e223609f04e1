import { html } from '../markup/html.ts'
import { layout, type PageSettings } from './layout.ts'

/** Renders a page that has only a message. */
export function messagePage(settings: PageSettings, title: string, ...sentences: string[]): string {
  return layout(settings, {
    title,
    head: html`<meta name="robots" content="noindex" />`,
    main: html`<div class="message">
      <h1>${title}</h1>
      ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
      <p><a href="/">Latest articles</a></p>
    </div>`,
  })
}
