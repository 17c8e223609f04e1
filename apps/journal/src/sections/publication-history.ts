import { Type } from 'typebox'
import { entriesOf } from '../article/article.ts'
import { dateName, typeName } from '../article/labels.ts'
import { html, when, type Html } from '../markup/html.ts'
import { inlineMarkup, type Files } from '../markup/sanitise.ts'

const PublicationEvent = Type.Object({
  type: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  date: Type.Optional(Type.String()),
  uri: Type.Optional(Type.String()),
})

/** Preprints, revisions and other events of which the article tells, as a list. */
export function publicationHistory(value: unknown, files: Files): Html | undefined {
  const events = entriesOf(PublicationEvent, value)
  if (events.length === 0) return undefined
  return html`<ul class="events">
    ${events.map(({ type = '', description, date, uri }) => {
      const address = uri && files.link(uri)
      const day = date && (/^\d{4}-\d\d-\d\d$/.test(date) ? dateName(date) : date)
      return html`<li>
        ${[typeName(type), day].filter(Boolean).join(', ')} ${when(description, (text) => inlineMarkup(text, files))}
        ${when(address, (known) => html`<a href="${known}">${known}</a>`)}
      </li>`
    })}
  </ul>`
}
