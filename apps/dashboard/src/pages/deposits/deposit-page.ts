import type { DepositDetails } from '@continuum/messages'
import { html, nothing, when, type Html } from '@continuum/service'
import { articlePath } from '../elements/addresses.ts'
import { durationBetween, timeHtml } from '../elements/time.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { stateHtml } from '../elements/deposit-state.ts'

/** Builds the page of one deposit: its state, every attempt, the acts of people, and what can be done. */
export function depositPage(deposit: DepositDetails, title: string, frame: Frame): Page {
  const { id, articleId, version, part, rule, planned, document, reference, stamp } = deposit
  return {
    title: `${title}: ${articleId} v${version}`,
    at: '/deposits',
    main: html`<section id="deposit" aria-labelledby="deposit-heading">
        <h1 id="deposit-heading">
          ${title}${part === 'article' ? nothing : html`, ${part}`}:
          <a href="${articlePath(articleId, version)}">${articleId} version ${version}</a>
        </h1>
        ${stateHtml(deposit)}
        <dl>
          <dt>Rule</dt>
          <dd>${rule}</dd>
          <dt>Planned</dt>
          <dd>${timeHtml(planned)}</dd>
          ${when(
            document,
            ({ name, bytes, sha256 }) =>
              html`<dt>Document</dt>
                <dd>
                  <a href="/deposits/${id}/document">${name}</a>, ${bytes.toLocaleString('en')} bytes, SHA-256
                  <code>${sha256}</code>
                </dd>`,
          )}
          ${when(
            stamp,
            (text) =>
              html`<dt>Timestamp</dt>
                <dd><code>${text}</code></dd>`,
          )}
          ${when(
            reference,
            (text) =>
              html`<dt>Known there as</dt>
                <dd><code>${text}</code></dd>`,
          )}
        </dl>
      </section>
      ${attemptsHtml(deposit)} ${actionsHtml(deposit)}
      ${deposit.state === 'not-for-this-recipient' || !may(frame, 'operator') ? nothing : formHtml(id, frame.csrf ?? '')}`,
  }
}

function attemptsHtml({ attemptList }: DepositDetails): Html {
  if (attemptList.length === 0) return nothing
  return html`<section id="attempts" aria-labelledby="attempts-heading">
    <h2 id="attempts-heading">Attempts <span class="count">${attemptList.length}</span></h2>
    <ol>
      ${attemptList.map(
        ({ began, ended, outcome, answer }) =>
          html`<li>
            ${timeHtml(began)}: <b>${outcome ?? 'no end was written down'}</b>${when(
              ended,
              (at) => html` after ${durationBetween(began, at)}`,
            )}${when(answer, (words) => html` <span class="note">${words}</span>`)}
          </li>`,
      )}
    </ol>
  </section>`
}

const actTexts: Readonly<Record<string, string>> = {
  again: 'sent it again',
  done: 'marked it as done',
  refused: 'marked it as refused',
  cancel: 'cancelled it',
}

function actionsHtml({ actions }: DepositDetails): Html {
  if (actions.length === 0) return nothing
  return html`<section id="actions" aria-labelledby="actions-heading">
    <h2 id="actions-heading">Activity log</h2>
    <ul>
      ${actions.map(
        ({ at, by, act, why }) =>
          html`<li>${timeHtml(at)}: ${by} ${actTexts[act] ?? act}${when(why, (reason) => html`: ${reason}`)}</li>`,
      )}
    </ul>
  </section>`
}

function formHtml(id: string, csrf: string): Html {
  return html`<form class="batch" method="post" action="/deposits/act">
    <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="article" value="${id}" />
    <button name="act" value="again">Send again</button>
    <label for="act-why">Reason</label> <input id="act-why" name="why" placeholder="needed for these three" />
    <button name="act" value="done">Mark as done</button>
    <button name="act" value="refused">Mark as refused</button>
    <button name="act" value="cancel">Cancel</button>
  </form>`
}
