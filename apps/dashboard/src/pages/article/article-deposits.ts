import type { Deposit } from '@continuum/messages'
import { html, join, nothing, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { timeHtml } from '../elements/time.ts'
import { depositIcon, stateHtml } from '../elements/deposit-state.ts'

/** The deposits of an article's run; a text where they are not known. */
export type ShownDeposits = readonly Deposit[] | string

/** Renders what went where, and when it was confirmed. Decisions against a recipient are folded away. */
export function articleDepositsHtml(deposits: ShownDeposits): Html {
  if (typeof deposits === 'string')
    return html`<section id="deposits"><p class="note">Deposits: ${deposits}</p></section>`
  if (deposits.length === 0) return nothing
  const sent = deposits.filter(({ state }) => state !== 'not-for-this-recipient')
  const others = deposits.filter(({ state }) => state === 'not-for-this-recipient')
  return html`<section id="deposits" aria-labelledby="deposits-heading">
    <h2 id="deposits-heading">Deposits <span class="count">${sent.length}</span></h2>
    <ul class="rows">
      ${sent.map(
        (deposit) =>
          html`<li class="row ${deposit.needsPerson ? 'error' : ''}" id="deposit-${deposit.id}">
            ${icon(depositIcon[deposit.state])}
            <div class="what">
              <h3><a href="/deposits/${deposit.id}">${nameOf(deposit)}</a></h3>
              <p class="identity"><span>${deposit.rule}</span> <span>planned ${timeHtml(deposit.planned)}</span></p>
            </div>
            <div class="now">${stateHtml(deposit)}</div>
          </li>`,
      )}
    </ul>
    ${when(
      others.length > 0,
      () =>
        html`<details id="not-for">
          <summary>
            Not for
            ${join(
              others.map(({ recipient }) => html`${recipient}`),
              ', ',
            )}
          </summary>
          <ul>
            ${others.map((deposit) => html`<li>${nameOf(deposit)}: ${deposit.rule}</li>`)}
          </ul>
        </details>`,
    )}
  </section>`
}

function nameOf({ recipient, part }: Deposit): string {
  return part === 'article' ? recipient : `${recipient}, ${part}`
}
