import type { QueueRole } from '@continuum/aws-resources'
import { html, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { plural } from '../elements/plural.ts'
import { timeHtml } from '../elements/time.ts'
import type { Page } from '../frame/layout.ts'
import { queueWords } from './queue-words.ts'

/** A queue as it is shown. */
export interface ShownQueue {
  readonly role: QueueRole
  readonly name: string
  /** Undefined where nothing is known of it: it was never made, or never looked at. */
  readonly messages?: { readonly waiting: number; readonly underWay: number; readonly dead: number } | undefined
  /** No message on it is older. */
  readonly notEmptySince: string | null
}

/** The content of the page of queues. */
export interface QueuesView {
  readonly queues: readonly ShownQueue[]
  /** The time of the look, where SQS does not answer now. */
  readonly stale?: { readonly since: string | null }
}

/** Builds the page of the queues: what waits on each, and what was put aside. */
export function queuesPage({ queues, stale }: QueuesView): Page {
  return {
    title: 'Queues',
    at: '/queues',
    live: 'all',
    main: html`<h1 id="heading">Queues</h1>
      ${when(stale, staleHtml)}
      <section id="queues" aria-labelledby="heading">
        <div class="wide">
          <table class="queues">
            <thead>
              <tr>
                <th scope="col">Queue</th>
                <th scope="col">Waiting</th>
                <th scope="col">In flight</th>
                <th scope="col">Oldest message</th>
                <th scope="col">Dead letters</th>
              </tr>
            </thead>
            <tbody>
              ${queues.map(rowHtml)}
            </tbody>
          </table>
        </div>
      </section>`,
  }
}

function staleHtml({ since }: { since: string | null }): Html {
  return html`<p id="stale" class="failure" role="alert">
    <strong>SQS does not answer.</strong> ${when(since, (at) => html`These are the numbers of ${timeHtml(at, 'age')}.`)}
  </p>`
}

function rowHtml({ role, name, messages, notEmptySince }: ShownQueue): Html {
  const { carries, consumer } = queueWords[role]
  const open = messages && messages.waiting + messages.underWay > 0
  return html`<tr>
    <th scope="row">
      <a href="/queues/${role}">${name}</a>
      <span class="since">${carries}, ${consumer ? `for ${consumer}` : 'which no process here takes'}</span>
    </th>
    <td data-label="Waiting">${messages ? messages.waiting.toLocaleString('en') : '?'}</td>
    <td data-label="In flight">${messages ? messages.underWay.toLocaleString('en') : '?'}</td>
    <td data-label="Oldest message">
      ${open ? (notEmptySince === null ? 'of this minute' : html`not before ${timeHtml(notEmptySince, 'age')}`) : 'none'}
    </td>
    <td data-label="Dead letters">
      ${
        messages && messages.dead > 0
          ? html`<a class="dead" href="/queues/${role}">${icon('failed')} ${plural(messages.dead, 'dead letter')}</a>`
          : messages
            ? '0'
            : '?'
      }
    </td>
  </tr>`
}
