import { html, type Html } from '../markup/html.ts'
import { markdown } from './markdown.ts'
import { layout, type JournalLook, type PageSettings } from './layout.ts'

/** A page of a journal's own: about it, its policies, whom to write to. */
export function ownPage(
  settings: PageSettings,
  journal: JournalLook,
  { name, title, text }: { name: string; title: string; text: string },
): string {
  return layout(settings, {
    title: `${title}: ${journal.name}`,
    head: html`<link rel="canonical" href="${settings.siteUrl}/journals/${journal.prefix}/${name}" />`,
    journal,
    main: html`<div class="message">
      <p class="kicker"><a href="/journals/${journal.prefix}">${journal.name}</a></p>
      <h1>${title}</h1>
      <div class="own-page">${markdown(text)}</div>
    </div>`,
  })
}

/** Links to a journal's own pages, for its list of articles. */
export function ownPageLinks({ prefix, pages }: JournalLook): Html {
  return html`${pages.map(({ name, title }) => html`<a href="/journals/${prefix}/${name}">${title}</a> `)}`
}
