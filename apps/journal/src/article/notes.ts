import { Type, type Static } from 'typebox'
import { when, html, id, unlessEmpty, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { backLink } from '../markup/back-links.ts'
import { Blocks, entriesOf, partOf } from './article.ts'
import type { Frame } from './frame.ts'

const optional = Type.Optional(Type.String())
export const Note = Type.Object({ id: optional, label: optional, text: Blocks })
const NoteGroup = Type.Object({ kind: Type.String(), title: optional, notes: Type.Array(Type.Unknown()) })

/** The titles of groups of notes to which the article gives none. */
const names: Readonly<Record<string, string>> = { footnotes: 'Footnotes', 'author-notes': 'Author notes' }

/** Notes with their marks, each with a way back to where the text refers to it. */
export function noteList(notes: readonly Static<typeof Note>[], frame: Frame): Html {
  return unlessEmpty(
    notes,
    (items) =>
      html`<ul class="notes">
        ${items.map(
          (note) =>
            html`<li${id(note.id)}>
              ${when(note.label, (label) => html`<span class="label">${phraseMarkup(label)}</span> `)}
              ${frame.blocks(note.text, frame)} ${when(note.id, backLink)}
            </li>`,
        )}
      </ul>`,
  )
}

/** The groups of notes of an article, with their titles. */
export function noteGroups(
  value: unknown,
  frame: Frame,
): readonly { readonly title: string; readonly content: Html }[] {
  return entriesOf(Type.Object({}), value).flatMap((entry) => {
    const group = partOf(NoteGroup, entry)
    const notes = entriesOf(Note, group?.notes)
    if (!group || notes.length === 0) return []
    return [{ title: group.title ?? names[group.kind] ?? 'Notes', content: noteList(notes, frame) }]
  })
}
