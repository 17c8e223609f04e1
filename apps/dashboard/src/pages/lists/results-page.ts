import { html, when, type Html } from '@continuum/service'
import { isUndoable } from '../../publish/bulk.ts'
import type { Batch, BatchItem } from '../../store/batches.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { batchText, roleOfAct, undoForm } from './notice.ts'

/** The result for one article, with its title, and for a rerun what became of it. */
export interface ShownResult {
  readonly item: BatchItem
  readonly title: string | undefined
  readonly became: Html | undefined
}

/** Builds the page of what was done to several articles, with a result for each. */
export function resultsPage(batch: Batch, results: readonly ShownResult[], frame: Frame): Page {
  const { act, by, why, undone } = batch
  const undoable = isUndoable(batch) && batch.items.some(({ refusal }) => refusal === '')
  return {
    title: batchText(batch),
    live: 'all',
    main: html`<section class="confirm" id="results" data-parts>
      <h1 id="results-heading">${batchText(batch)}</h1>
      <p id="results-by">
        By ${by}${when(why, (text) => html`: ${text}`)}.${when(undone, () => html` <b>It was undone.</b>`)}
      </p>
      <ul class="rows" id="results-rows" data-parts>
        ${results.map((result, index) => resultHtml(result, index))}
      </ul>
      <div class="actions" id="results-actions">
        ${when(undoable && may(frame, roleOfAct[act]), () => undoForm(batch.id, '/current', frame))}
        <a class="button" href="/current">Back to current articles</a>
      </div>
    </section>`,
  }
}

function resultHtml({ item, title, became }: ShownResult, index: number): Html {
  const { article, version, run, refusal } = item
  return html`<li class="row ${refusal === '' ? '' : 'error'}" id="result-${index}">
    ${icon(refusal === '' ? 'done' : 'failed')}
    <div class="what">
      <h2><a href="${articlePath(article, version, run)}">${title === undefined ? article : titleHtml(title)}</a></h2>
      <p class="identity">
        <b class="number">${article}</b> <span>${version > 0 ? `version ${version}` : 'version not known yet'}</span>
      </p>
    </div>
    <div class="now">
      ${refusal === '' ? (became ?? html`<p><b>done</b></p>`) : html`<p class="problem"><b>refused:</b> ${refusal}</p>`}
    </div>
  </li> `
}
