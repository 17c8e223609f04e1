import { html, nothing, when, type Html } from '@continuum/service'
import { isUndoable } from '../../publish/bulk.ts'
import type { Batch, BulkAct } from '../../store/batches.ts'
import { articlePath } from '../elements/addresses.ts'
import { plural } from '../elements/plural.ts'
import { may, type Frame } from '../frame/layout.ts'

/** The acts in the past tense. */
const doneText: Record<BulkAct, string> = {
  dismiss: 'dismissed',
  restore: 'restored',
  rerun: 'to be run again',
  schedule: 'scheduled',
  assign: 'assigned',
}

/** Describes what was done to how many articles. */
export function batchText({ act, value, items }: Batch): string {
  const done = items.filter(({ refusal }) => refusal === '').length
  const to = act === 'assign' ? ` to ${value === '' ? 'nobody' : value}` : ''
  return done === 0 ? `No article was ${doneText[act]}.` : `${plural(done, 'article')} ${doneText[act]}${to}.`
}

/** Renders what was just done, with the reason of each refusal, and the button that takes it back. */
export function noticeHtml(batch: Batch | undefined, back: string, frame: Frame): Html {
  if (!batch) return nothing
  const refused = batch.items.filter(({ refusal }) => refusal !== '')
  return html`<section id="notice" class="notice ${refused.length > 0 ? 'refusals' : ''}" role="status">
    <p>
      <b>${batch.undone ? 'Undone: ' : ''}${batchText(batch)}</b> ${when(
        refused.length > 0,
        () => html`${plural(refused.length, 'article')} refused.`,
      )}
      <a href="/results/${batch.id}">Results</a>
    </p>
    ${when(
      refused.length > 0,
      () =>
        html`<ul>
          ${refused.map(
            ({ article, version, run, refusal }) =>
              html`<li><a href="${articlePath(article, version, run)}">${article}</a>: ${refusal}</li>`,
          )}
        </ul>`,
    )}
    ${when(isUndoable(batch) && refused.length < batch.items.length && may(frame, roleOfAct[batch.act]), () =>
      undoForm(batch.id, back, frame),
    )}
  </section>`
}

/** The role that an act takes. */
export const roleOfAct = {
  dismiss: 'editor',
  restore: 'editor',
  rerun: 'editor',
  schedule: 'publisher',
  assign: 'editor',
} as const satisfies Record<BulkAct, 'editor' | 'publisher'>

/** Renders the button that takes back what was done. */
export function undoForm(batch: string, back: string, frame: Frame): Html {
  return html`<form method="post" action="/results/${batch}/undo" id="undo-form">
    <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
    <input type="hidden" name="back" value="${back}" /><button id="undo">Undo</button>
  </form>`
}
