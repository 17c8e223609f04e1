import { html, when, type Html } from '@continuum/service'
import type { InspectedAttempt, InspectedStep } from '@continuum/workflow-core'
import type { Show } from '../../executions/hide-secrets.ts'
import { plural } from '../elements/plural.ts'
import { durationBetween, timeHtml } from '../elements/time.ts'
import type { Graph } from './graph.ts'
import { nodeText, stateHtml } from './graph-svg.ts'

/** The longest input or result that is shown. */
const maxShown = 4_000
const maxSteps = 300

/** Renders the steps of a graph as a table: the state of each, its attempts, what it was given and what it returned. */
export function stepsTable({ nodes }: Graph, show: Show): Html {
  const begun = nodes.flatMap(({ steps }) => steps)
  const order = begun.toSorted((a, b) => (a.began?.epochMilliseconds ?? 0) - (b.began?.epochMilliseconds ?? 0))
  const rest = nodes.filter(({ steps }) => steps.length === 0)
  return html`<div class="wide" tabindex="0" role="region" aria-label="Table of steps">
      <table id="step-table" class="cards">
        <thead>
          <tr>
            ${['Step', 'State', 'Attempts', 'Began', 'Took', 'Input and result'].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${order.slice(0, maxSteps).map((step, index) => stepRow(step, index, show))}
          ${rest.map(
            ({ label, state }) =>
              html`<tr>
                <th scope="row">${label}</th>
                <td>${stateHtml(state)}</td>
                <td></td>
                <td></td>
                <td></td>
                <td></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${when(order.length > maxSteps, () => html`<p class="since">The first ${maxSteps} of ${plural(order.length, 'step')}.</p>`)}`
}

function stepRow(step: InspectedStep, index: number, show: Show): Html {
  const { id, state, began, ended, attempts, earlier, input, result, message } = step
  const last = attempts.at(-1)
  return html`<tr>
    <th scope="row">${id}</th>
    <td>${stateHtml(earlier ? 'earlier' : state)}</td>
    <td>${when(last, (attempt) => attemptsHtml(attempts, attempt, index, show))}</td>
    <td>${when(began, (at) => timeHtml(at.toString()))}</td>
    <td>${when(began && ended, (at) => html`${durationBetween((began ?? at).toString(), at.toString())}`)}</td>
    <td>
      ${when(message, (text) => html`<p class="problem">${show(text, maxShown)}</p>`)}
      ${valueHtml('Input', input, `step-${index}-input`, show)}
      ${valueHtml('Result', result, `step-${index}-result`, show)}
    </td>
  </tr>`
}

/** Renders a value that opens on demand. */
export function valueHtml(name: string, text: string | undefined, id: string, show: Show): Html {
  return when(
    text,
    (value) =>
      html`<details id="${id}">
        <summary>${name}</summary>
        <pre class="value" tabindex="0">${pretty(show(value, maxShown))}</pre>
      </details>`,
  )
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function attemptsHtml(attempts: readonly InspectedAttempt[], last: InspectedAttempt, index: number, show: Show): Html {
  const of = last.max === undefined ? '' : ` of ${last.max}`
  if (attempts.length === 1 && last.message === undefined) return html`${last.number}${of}`
  return html`<details
    id="step-${index}-attempts"
    ${last.outcome === 'failed' || last.outcome === 'timed out' ? html`open` : ''}
  >
    <summary>${last.number}${of}</summary>
    <ol class="attempts">
      ${attempts.map(
        ({ number, started, scheduled, ended, worker, outcome, message }) =>
          html`<li value="${number}">
            ${timeHtml((started ?? scheduled).toString())}:
            <b>${outcome === 'completed' ? nodeText.completed : outcome}</b
            >${when(ended, (at) => html` after ${durationBetween((started ?? scheduled).toString(), at.toString())}`)}${when(worker, (name) => html` on ${name}`)}${when(message, (text) => html`<p class="problem">${show(text, maxShown)}</p>`)}
          </li>`,
      )}
    </ol>
  </details>`
}
