import type { Deposit, DepositState } from '@continuum/messages'
import { html, when, type Html } from '@continuum/service'
import type { Attention } from '../../derive/rules/deposit-attention.ts'
import type { IconName } from './icons.ts'
import { textWithTimes, timeHtml } from './time.ts'

/** The icon of a deposit's state. */
export const depositIcon: Record<DepositState, IconName> = {
  planned: 'waiting',
  waiting: 'waiting',
  sending: 'running',
  sent: 'running',
  confirmed: 'done',
  'confirmed-with-warning': 'done',
  refused: 'failed',
  unanswered: 'failed',
  uncertain: 'failed',
  superseded: 'noted',
  cancelled: 'hidden',
  'not-for-this-recipient': 'hidden',
}

/** The label of a deposit's state. */
export const depositStateText: Record<DepositState, string> = {
  planned: 'planned',
  waiting: 'waiting',
  sending: 'being sent',
  sent: 'sent, not confirmed yet',
  confirmed: 'confirmed',
  'confirmed-with-warning': 'confirmed with a warning',
  refused: 'refused',
  unanswered: 'not answered',
  uncertain: 'uncertain: it may have arrived',
  superseded: 'superseded by a later version',
  cancelled: 'cancelled',
  'not-for-this-recipient': 'not for this recipient',
}

/** The label of what open deposits ask of a person. */
export const attentionText: Record<Attention, string> = {
  failed: 'refused or failed',
  late: 'late',
  waiting: 'waiting for their hour or an answer',
}

/** Writes how many deposits there are of a kind; of more than were judged, at least so many are late. */
export function attentionCount(attention: Attention, count: number, more: boolean): string {
  return `${count.toLocaleString('en')}${more && attention === 'late' ? '+' : ''}`
}

/** Returns the path of the list of those deposits. */
export function attentionPath(attention: Attention): string {
  return `/deposits?attention=${attention}`
}

/** Renders the state of a deposit with its age, what it waits for, the last words and the next try. */
export function stateHtml(deposit: Deposit): Html {
  const { state, since, attempts, waitsFor, answer, nextTry, byHand, rule } = deposit
  const ended = state === 'not-for-this-recipient'
  return html`<p>
      <b class="${deposit.needsPerson ? 'problem' : ''}">${depositStateText[state]}</b> ${timeHtml(since, 'age')}${when(
        attempts > 1,
        () => html` <span class="attempt">attempt ${attempts}</span>`,
      )}
    </p>
    ${when(ended && rule, (why) => html`<p class="note">${textWithTimes(why)}</p>`)}
    ${when(state === 'sent' && byHand, () => html`<p class="note">Only a person can confirm it.</p>`)}
    ${when(waitsFor, (why) => html`<p class="note">${textWithTimes(why)}</p>`)}
    ${when(answer, (words) => html`<p class="${deposit.needsPerson ? 'problem' : 'note'}">${words}</p>`)}
    ${when(nextTry && waitsFor === null && nextTry, (at) => html`<p class="note">Next: ${timeHtml(at)}</p>`)}`
}
