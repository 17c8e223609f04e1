import { setTimeout } from 'node:timers/promises'
import type { Deposit, DepositState, RecipientState } from '@continuum/messages'
import { attentionOf, type Attention } from '../derive/rules/deposit-attention.ts'
import type { WebContext } from './context.ts'
import { DepositsUnavailableError, type DepositsClient } from './deposits-client.ts'

/** The numbers of open deposits, by what they ask of a person. */
export type AttentionCounts = Readonly<Record<Attention, number>> & {
  /** More are open than were judged: at least so many are late. */
  readonly more: boolean
}

/** The open deposits; a text where they are not known. */
export type OpenDeposits = AttentionCounts | string

/** Open deposits with what they ask of a person. */
export interface JudgedDeposits {
  readonly counts: AttentionCounts
  readonly judged: readonly { readonly deposit: Deposit; readonly attention: Attention }[]
}

const needPerson: readonly DepositState[] = ['refused', 'unanswered', 'uncertain']
const openStates: readonly DepositState[] = ['planned', 'waiting', 'sending', 'sent', ...needPerson]

/** The most that are read: as many as the deposits service lists at once. */
const maxRead = 1_000

/** Reads the open deposits of the recipients: the failed ones, and of the others the oldest, which are the first to be late. */
export async function judgeOpenDeposits(
  deposits: DepositsClient,
  recipients: readonly RecipientState[],
  filter: Readonly<Record<string, string>> = {},
  timeoutMilliseconds?: number,
): Promise<JudgedDeposits> {
  const sum = (states: readonly DepositState[]) =>
    recipients.reduce((all, { counts }) => all + states.reduce((one, state) => one + (counts[state] ?? 0), 0), 0)
  const total = sum(openStates)
  const offset = Math.max(0, total - maxRead)
  const list = (more: Readonly<Record<string, string>>) =>
    deposits.list({ ...filter, limit: String(maxRead), ...more }, timeoutMilliseconds)
  const states = offset === 0 ? [] : needPerson.filter((state) => sum([state]) > 0)
  const lists = await Promise.all([
    ...states.map((state) => list({ state })),
    list({ open: 'true', ...(offset > 0 && { offset: String(offset) }) }),
  ])
  const now = Temporal.Now.instant()
  const byId = new Map(lists.flatMap((one) => one.deposits).map((deposit) => [deposit.id, deposit]))
  const judged = [...byId.values()].flatMap((deposit) => {
    const attention = attentionOf(deposit, now)
    return attention === undefined ? [] : [{ deposit, attention }]
  })
  const count = (wanted: Attention) => judged.filter(({ attention }) => attention === wanted).length
  const more = offset > 0 || lists.some((one) => one.more)
  const [failed, late] = [offset > 0 ? sum(needPerson) : count('failed'), count('late')]
  return { judged, counts: { failed, late, waiting: offset > 0 ? total - failed - late : count('waiting'), more } }
}

/**
 * Counts the open deposits. A page is there without them, too.
 *
 * @param milliseconds the page does not wait longer than this for the deposits service
 */
export async function openDeposits({ deposits, logger }: WebContext, milliseconds: number): Promise<OpenDeposits> {
  const late = setTimeout(milliseconds, 'The deposits service takes long to answer.', { ref: false })
  const counted = deposits
    .recipients()
    .then(({ recipients }) => judgeOpenDeposits(deposits, recipients, {}, milliseconds))
    .then(
      ({ counts }) => counts,
      (error: unknown) => {
        logger.debug({ err: error }, 'the open deposits could not be counted')
        return error instanceof DepositsUnavailableError ? error.message : 'They could not be read.'
      },
    )
  return Promise.race([counted, late])
}
