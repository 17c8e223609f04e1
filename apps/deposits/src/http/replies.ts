import type { Deposit } from '@continuum/messages'
import { problemReply } from '@continuum/service'
import type { RecipientSettings } from '@continuum/settings'
import { isUnaddressed } from '../rules/parts.ts'
import { isEnd, needsPerson } from '../rules/state.ts'
import { traitsOf } from '../rules/traits.ts'
import type { DepositRow } from '../store/deposits.ts'

/** The contract that the routes share. */
export const route = {
  contract: { security: [{ token: [] }], tags: ['deposits'] },
  replies: {
    400: problemReply('The request is invalid.'),
    401: problemReply('The token is missing or wrong.'),
    '5xx': problemReply('The service failed; nothing was changed.'),
  },
}

/** Describes a deposit as it is listed. */
export function describeDeposit(row: DepositRow, recipients: readonly RecipientSettings[]): Deposit {
  const recipient = recipients.find(({ name }) => name === row.recipient)
  const { document } = row
  const byHand = recipient !== undefined && traitsOf(recipient).byHand
  return {
    id: row.id,
    recipient: row.recipient,
    articleId: row.article,
    version: row.version,
    run: row.run,
    part: row.part,
    state: row.state,
    rule: row.rule,
    planned: row.plannedAt.toISOString(),
    since: row.since.toISOString(),
    attempts: row.attempts,
    answer: row.answer,
    waitsFor: row.waitsFor,
    nextTry: nextTryOf(row, byHand)?.toISOString() ?? null,
    byHand,
    unaddressed: recipient !== undefined && isUnaddressed(recipient, row) && !isEnd(row.state),
    needsPerson: needsPerson(row.state),
    document: document && {
      name: document.name,
      mediaType: document.mediaType,
      bytes: document.bytes,
      sha256: document.sha256,
    },
  }
}

/** The instant of the next attempt, or of the next question; none where a person tells the answer. */
function nextTryOf({ state, due, nextAt }: DepositRow, byHand: boolean): Date | null {
  if (state === 'sent') return byHand ? null : nextAt
  if (state !== 'planned' && state !== 'waiting') return null
  return nextAt && nextAt > due ? nextAt : due
}
