import { html, nothing, when, type Html } from '@continuum/service'
import type { NamedProcess, ProcessOverview, ProcessState } from '../../processes/judge-processes.ts'
import { plural } from '../elements/plural.ts'
import { timeHtml } from '../elements/time.ts'
import type { Page } from '../frame/layout.ts'

/** Builds the page of the processes: what runs, since when, in which version, and what is gone. */
export function processesPage({ lookedAt, processes }: ProcessOverview): Page {
  return {
    title: 'Processes',
    at: '/processes',
    live: 'all',
    main: html`<h1 id="heading">Processes</h1>
      <p class="since" id="looked-at">
        ${when(lookedAt, (at) => html`Last looked at ${timeHtml(at, 'age')}.`)}
        ${when(lookedAt === null, () => html`The consumer has not looked yet.`)}
        <a href="/queues">Queues</a> · <a href="/executions">Executions</a>
      </p>
      <section id="processes" aria-labelledby="heading">
        <div class="wide">
          <table class="queues processes">
            <thead>
              <tr>
                <th scope="col">Process</th>
                <th scope="col">State</th>
                <th scope="col">Version</th>
                <th scope="col">Restarts, 24 h</th>
                <th scope="col">Last sign of life</th>
                <th scope="col">Memory</th>
                <th scope="col">CPU</th>
                <th scope="col">Last polls</th>
              </tr>
            </thead>
            <tbody>
              ${processes.flatMap(rowsHtml)}
            </tbody>
          </table>
        </div>
      </section>`,
  }
}

/** The rows of a process: the first has the number of restarts. */
function rowsHtml({ tasks, restarts }: NamedProcess): Html[] {
  return tasks.map(
    (task, index) =>
      html`<tr>
        <th scope="row">${task.name}</th>
        <td data-label="State">${stateHtml(task)}</td>
        <td data-label="Version">${task.version ?? 'not told'}</td>
        <td data-label="Restarts, 24 h">
          ${index > 0 ? '–' : restarts > 0 ? html`<strong>${restarts}</strong>` : '0'}
        </td>
        <td data-label="Last sign of life">
          ${when(task.lastSeen, (at) => timeHtml(at, 'age'))}${task.lastSeen === null ? '–' : nothing}
        </td>
        <td data-label="Memory">${usageText(task, memoryText(task.memoryBytes))}</td>
        <td data-label="CPU">${usageText(task, cpuText(task.cpuShare))}</td>
        <td data-label="Last polls">${pollersHtml(task)}</td>
      </tr>`,
  )
}

function stateHtml({ state, startedAt, lastSeen }: ProcessState): Html {
  if (state === 'absent') return html`<span class="dead">not seen</span> within a day`
  if (state === 'gone') return html`<span class="dead">gone</span> since ${when(lastSeen, (at) => timeHtml(at))}`
  return html`${state} since ${when(startedAt, (at) => timeHtml(at))}`
}

/** Services that share a process share its memory and processor time. */
function usageText({ sharesWith }: ProcessState, text: string): string {
  return sharesWith === null ? text : `with ${sharesWith}`
}

const memoryText = (bytes: number | null) => (bytes === null ? '–' : `${Math.round(bytes / 1e6)} MB`)
const cpuText = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)

function pollersHtml({ state, pollers }: ProcessState): Html {
  if (pollers.length === 0) return html`${state === 'gone' ? '–' : 'does not poll'}`
  const each = pollers.map(({ name, lastSignOfLife }) => html`${name} ${timeHtml(lastSignOfLife, 'age')}`)
  return html`<ul aria-label="${plural(pollers.length, 'poller')}">
    ${each.map((poller) => html`<li>${poller}</li>`)}
  </ul>`
}
