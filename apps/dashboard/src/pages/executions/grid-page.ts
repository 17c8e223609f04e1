import { html, nothing, when, type Html } from '@continuum/service'
import type { Step } from '../../derive/history/model.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { stepIcon, stepStateText } from '../elements/labels.ts'
import { plural } from '../elements/plural.ts'
import type { Page } from '../frame/layout.ts'
import { dayChoices } from './executions-page.ts'
import { countOf, type Grid, type GridRun } from './step-grid.ts'

/** The most runs with a row of their own; the counts are of all. */
const maxRows = 200

/** Builds the grid of runs by steps over days. @param cut there are more events than were looked at */
export function gridPage(grid: Grid, { days, cut }: { days: number; cut: boolean }): Page {
  const runs = grid.days.flatMap(({ runs: own }) => own)
  return {
    title: 'Runs by steps',
    at: '/executions',
    main: html`<h1 id="heading">Runs by steps</h1>
      <p class="since grid-links"><a href="/executions">Executions</a>. Days are in UTC.</p>
      ${filterHtml(days)}
      ${when(cut, () => html`<p class="since">There are more: these are the newest ${plural(runs.length, 'run')}.</p>`)}
      ${runs.length === 0 ? html`<p class="tally none">No run in this time.</p>` : html`${failingHtml(grid, runs)} ${tableHtml(grid, runs)}`}`,
  }
}

function filterHtml(days: number): Html {
  return html`<form class="filter" action="/executions/steps">
    <p>
      <label for="g-days">Runs of the last</label>
      <select id="g-days" name="days">
        ${dayChoices.map((count) => html`<option value="${count}" ${count === days ? html`selected` : nothing}>${count === 1 ? 'day' : `${count} days`}</option>`)}
      </select>
    </p>
    <p><button>Show</button></p>
  </form>`
}

/** Lists the steps at which runs fail, the one with most failures first. */
function failingHtml({ steps }: Grid, runs: readonly GridRun[]): Html {
  const failing = steps
    .map((step) => ({ step, ...countOf(runs, step) }))
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => b.failed - a.failed)
  if (failing.length === 0) return html`<p id="failing">None of ${plural(runs.length, 'run')} failed.</p>`
  return html`<section id="failing" aria-labelledby="failing-heading">
    <h2 id="failing-heading">Where runs fail</h2>
    <ol>
      ${failing.map(({ step, failed, reached }) => html`<li><b>${step}</b>: ${failed} of ${plural(reached, 'run')} failed</li>`)}
    </ol>
  </section>`
}

function tableHtml({ steps, days }: Grid, runs: readonly GridRun[]): Html {
  let rows = 0
  const shown = days.map(({ day, runs: own }) => {
    const part = own.slice(0, Math.max(0, maxRows - rows))
    rows += part.length
    return { day, all: own, part }
  })
  return html`<div class="wide" tabindex="0" role="region" aria-label="Grid of runs by steps">
      <table id="step-grid">
        <thead>
          <tr>
            <th scope="col">Run</th>
            ${steps.map((step) => html`<th scope="col"><span>${step}</span></th>`)}
          </tr>
        </thead>
        ${shown.map(
          ({ day, all, part }) =>
            html`<tbody>
              <tr class="day">
                <th scope="row">${day} <span class="count">${plural(all.length, 'run')}</span></th>
                ${steps.map((step) => countCell(countOf(all, step)))}
              </tr>
              ${part.map((run) => runRow(run, steps))}
            </tbody>`,
        )}
      </table>
    </div>
    ${when(rows < runs.length, () => html`<p class="since">Rows of the newest ${rows} of ${plural(runs.length, 'run')}; the counts are of all.</p>`)}`
}

function countCell({ reached, failed }: { reached: number; failed: number }): Html {
  if (reached === 0) return html`<td></td>`
  if (failed === 0) return html`<td><span class="note">${reached}</span></td>`
  return html`<td>
    <b class="problem"
      >${failed}<span class="quiet-voice"> failed of</span><span aria-hidden="true">/</span>${reached}</b
    >
  </td>`
}

function runRow({ article, version, run, steps: own }: GridRun, steps: readonly string[]): Html {
  return html`<tr>
    <th scope="row">
      <a href="${articlePath(article, version, run)}">${article}${version > 0 ? ` v${version}` : ''}</a>
    </th>
    ${steps.map((type) => stepCell(own.get(type)))}
  </tr>`
}

function stepCell(step: Step | undefined): Html {
  if (!step) return html`<td></td>`
  return html`<td class="${step.state}" title="${stepStateText(step)}">
    ${icon(stepIcon[step.state])}<span class="quiet-voice">${stepStateText(step)}</span>
  </td>`
}
