import type { AsideMessage, QueueRole } from '@continuum/aws-resources'
import { html, nothing, when, type Html } from '@continuum/service'
import type { Redrive } from '../../store/redrives.ts'
import { plural } from '../elements/plural.ts'
import { timeHtml } from '../elements/time.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { queueWords } from './queue-words.ts'

/** A queue with its dead letters. */
export interface QueueView {
  readonly role: QueueRole
  readonly name: string
  readonly dead: number
  /** Those that SQS shows now, the oldest first. */
  readonly letters: readonly AsideMessage[]
  readonly redrives: readonly Redrive[]
}

/** Builds the page of a queue's dead letters: why each was put aside, as it came, and how it is given back. */
export function queuePage(view: QueueView, frame: Frame): Page {
  const { role, name, dead, letters, redrives } = view
  const csrf = may(frame, 'operator') ? (frame.csrf ?? '') : undefined
  const { carries, consumer } = queueWords[role]
  return {
    title: name,
    at: '/queues',
    live: 'all',
    main: html`<h1 id="heading">${name}</h1>
      <p class="since" id="carries">
        It carries ${carries}${consumer ? `, for ${consumer}` : ''}. <a href="/queues">All queues</a>
      </p>
      <section id="letters" aria-labelledby="letters-heading">
        <h2 id="letters-heading">Dead letters <span class="count">${dead}</span></h2>
        ${dead === 0 ? html`<p class="tally none">None: nothing was put aside.</p>` : nothing}
        ${when(
          letters.length < dead,
          () => html`<p class="note">SQS shows ${letters.length} of ${dead} now; reload for others.</p>`,
        )}
        ${when(csrf !== undefined && dead > 0 && { csrf }, (given) => redriveForm({ role, ...given, count: dead }))}
        <ol class="letters">
          ${letters.map((letter) => letterHtml(letter, role, csrf))}
        </ol>
      </section>
      ${when(redrives.length > 0, () => redrivesHtml(redrives))}`,
  }
}

function letterHtml({ id, sent, reason, receptions, body }: AsideMessage, role: QueueRole, csrf?: string): Html {
  return html`<li id="letter-${id}">
    <p class="problem">${reason ?? 'It was received too often, and no process was done with it.'}</p>
    <p class="since">
      ${when(sent, (at) => html`Sent ${timeHtml(at, 'age')}, `)}received ${plural(receptions, 'time')}, message
      <code>${id}</code>
    </p>
    <details id="raw-${id}">
      <summary>Message, ${plural(body.length, 'character')}</summary>
      <pre tabindex="0" aria-label="Message ${id}">${body}</pre>
    </details>
    ${when(csrf !== undefined && { csrf }, (given) => redriveForm({ role, ...given, message: id }))}
  </li>`
}

/** The form that gives one dead letter back, or all of them. */
function redriveForm(given: { role: QueueRole; csrf: string; message?: string; count?: number }): Html {
  const { role, csrf, message, count = 0 } = given
  const key = message ?? 'all'
  return html`<details id="redrive-${key}" class="redrive">
    <summary>${message === undefined ? `Redrive all ${count}` : 'Redrive'}</summary>
    <form method="post" action="/queues/redrive" class="stacked">
      <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="queue" value="${role}" />
      ${when(message, (id) => html`<input type="hidden" name="message" value="${id}" />`)}
      <p>
        <label for="why-${key}">Reason, for the activity log</label>
        <input id="why-${key}" name="why" required maxlength="1000" />
      </p>
      <button class="strong">${message === undefined ? `Redrive all dead letters` : `Redrive this dead letter`}</button>
    </form>
  </details>`
}

const resultText = { queued: 'not done yet', done: 'done', refused: 'refused' } as const

function redrivesHtml(redrives: readonly Redrive[]): Html {
  return html`<section id="redrives" aria-labelledby="redrives-heading">
    <h2 id="redrives-heading">Redrives</h2>
    <ul>
      ${redrives.map(
        ({ at, by, message, why, result, reason }) =>
          html`<li>
            ${timeHtml(at, 'age')} ${by}: ${message === null ? 'all' : html`<code>${message}</code>`},
            <b>${resultText[result]}</b
            >${when(reason, (text) => html` <span class="problem">${text}</span>`)}${when(why, (text) => html` <span class="note">${text}</span>`)}
          </li>`,
      )}
    </ul>
  </section>`
}
