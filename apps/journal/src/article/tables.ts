import { Type, type Static } from 'typebox'
import { html, id, type Html } from '../markup/html.ts'
import { tableMarkup } from '../markup/sanitise.ts'
import type { Frame } from './frame.ts'
import { credits, description } from './credits.ts'
import { Legend, legend, nameOf } from './legend.ts'
import { Note, noteList } from './notes.ts'

export const Table = Type.Interface([Legend], {
  tables: Type.Array(Type.String()),
  footnotes: Type.Optional(Type.Array(Note)),
})

/** Its credits stand with the notes, below it. */
export function tableFigure({ attribution, ...table }: Static<typeof Table>, frame: Frame): Html {
  return html`<figure class="table" ${id(table.id)}>
    ${legend(table, frame)}
    <div class="scroll" role="region" tabindex="0" aria-label="${nameOf(table) || 'Table'}">
      ${table.tables.map((text) => tableMarkup(text, frame.files))}
    </div>
    ${description(table.longDescription)} ${noteList(table.footnotes ?? [], frame)} ${credits(attribution, frame)}
  </figure>`
}
