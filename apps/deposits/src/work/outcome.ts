import type { DepositState } from '@continuum/messages'
import type { Refused, SendResult } from '@continuum/recipients'
import type { RecipientSettings } from '@continuum/settings'
import type { UnknownAttempts } from '../documents/attempt-marks.ts'
import { pauseAfter } from '../rules/next-step.ts'
import { traitsOf } from '../rules/traits.ts'
import { FileMissingError } from '../services/files.ts'
import { endAttempt } from '../store/attempts.ts'
import { moveDeposit, withDeposit, type DepositRow, type MoveFields } from '../store/deposits.ts'
import { clearFailing, pauseRecipient, setFailing } from '../store/recipients.ts'
import { suppress } from '../store/suppressions.ts'
import { mayMove, type Move } from '../rules/state.ts'
import type { Queries } from '../store/queries.ts'
import type { WorkTools } from './tools.ts'

/**
 * Writes down how an attempt ended, and what that says about the recipient. One that ends after another has begun in its place, for its process
 * seemed dead, tells of the deposit only that it arrived: what else becomes of it is told by the one that is under way.
 *
 * @returns the state that the deposit has then
 */
export async function recordSending(
  { sql, now }: Pick<WorkTools, 'sql' | 'now'>,
  id: string,
  number: number,
  recipient: RecipientSettings,
  result: SendResult,
): Promise<DepositState> {
  return withDeposit(sql, id, async (transaction, row) => {
    await endAttempt(transaction, id, number, { outcome: result.kind, answer: result.answer }, now())
    const { move, fields } = changeBy(row, recipient, result, now())
    const isReplaced = number < row.tries && result.kind !== 'sent' && result.kind !== 'confirmed'
    const state =
      mayMove(row.state, move) && !isReplaced ? await moveDeposit(transaction, row, move, now(), fields) : row.state
    await noteRecipient(transaction, recipient, result, now())
    const [address] = row.subjects
    if (result.kind === 'refused' && result.address && address !== undefined)
      await suppress(transaction, { address, by: 'Continuum', why: `its mail server said ${result.answer}` }, now())
    return state
  })
}

/**
 * Writes down that an attempt ended before its first byte. It is made again later, and does not count; where its document is gone, that would never
 * go better, and the deposit is refused: a person sends it again, and it is made anew.
 */
export async function recordUnsent(
  tools: Pick<WorkTools, 'sql' | 'now'>,
  id: string,
  number: number,
  recipient: RecipientSettings,
  error: unknown,
): Promise<void> {
  const answer = unsentWords(error)
  if (!(error instanceof FileMissingError)) {
    await recordSending(tools, id, number, recipient, { kind: 'later', answer, countsAsAttempt: false })
    return
  }
  const { sql, now } = tools
  await withDeposit(sql, id, async (transaction, row) => {
    await endAttempt(transaction, id, number, { outcome: 'refused', answer }, now())
    if (number === row.tries && mayMove(row.state, 'refuse'))
      await moveDeposit(transaction, row, 'refuse', now(), { answer })
  })
}

/** Tells why nothing was sent. */
export function unsentWords(error: unknown): string {
  return `Not sent: ${error instanceof Error ? error.message : String(error)}`
}

/**
 * Writes down that a deposit was attempted before, by a database that knew more than this one: nobody can tell whether it arrived, so a person
 * decides. Sent again by that person, it has a number above all that were used.
 *
 * @returns the state that the deposit has then
 */
export async function recordUnknownAttempts(
  { sql, now }: Pick<WorkTools, 'sql' | 'now'>,
  id: string,
  number: number,
  { last, at }: UnknownAttempts,
): Promise<DepositState> {
  const answer = `Not sent: attempt ${last} of it was made at ${at}, which this database does not know of, for it was restored or made again. It may have arrived: look there, then mark it as done or send it again.`
  return withDeposit(sql, id, async (transaction, row) => {
    await endAttempt(transaction, id, number, { outcome: 'uncertain', answer }, now())
    if (!mayMove(row.state, 'doubt')) return row.state
    return moveDeposit(transaction, row, 'doubt', now(), { answer, tries: last })
  })
}

/** The change of a deposit by the end of an attempt. */
function changeBy(
  row: DepositRow,
  recipient: RecipientSettings,
  result: SendResult,
  now: Temporal.Instant,
): { move: Move; fields: MoveFields } {
  const { answer } = result
  const reference = 'reference' in result && result.reference !== undefined ? { reference: result.reference } : {}
  switch (result.kind) {
    case 'sent':
      return { move: 'take', fields: { answer, sentAt: now, nextAt: firstQuestion(recipient, now), ...reference } }
    case 'confirmed':
      // The server has the file; whether its owner takes it is told elsewhere.
      if (traitsOf(recipient).answersElsewhere)
        return { move: 'take', fields: { answer, sentAt: now, nextAt: firstQuestion(recipient, now), ...reference } }
      return { move: result.warning ? 'confirmWithWarning' : 'confirm', fields: { answer, sentAt: now, ...reference } }
    case 'refused':
      return result.account
        ? { move: 'wait', fields: { answer, attempts: row.attempts - 1, waitsFor: answer } }
        : { move: 'refuse', fields: { answer } }
    case 'uncertain':
      return { move: 'doubt', fields: { answer } }
    default: {
      const attempts = result.countsAsAttempt ? row.attempts : row.attempts - 1
      const seconds = result.afterSeconds ?? pauseAfter(Math.max(1, attempts))
      const nextAt = now.add({ seconds: Math.ceil(seconds) })
      return { move: 'wait', fields: { answer, attempts, nextAt, waitsFor: `Next try at ${nextAt.toString()}` } }
    }
  }
}

/** The instant at which one asks first how a deposit ended; of a recipient that cannot be asked, that at which it is unanswered. */
function firstQuestion(recipient: RecipientSettings, now: Temporal.Instant): Temporal.Instant | null {
  const { asks, answerHours } = traitsOf(recipient)
  if (!asks) return answerHours === undefined ? null : now.add({ hours: answerHours })
  // A stand-in on this machine answers in seconds.
  return now.add({ seconds: 'quick' in recipient && recipient.quick ? 1 : pauseAfter(1) })
}

/** A recipient that is down is told to staff once; one that does not know us any more is paused. */
async function noteRecipient(
  sql: Queries,
  recipient: RecipientSettings,
  result: SendResult,
  now: Temporal.Instant,
): Promise<void> {
  if (result.kind === 'refused' && result.account) return pauseForAccount(sql, recipient, result, now)
  if (result.kind === 'later') {
    if (result.countsAsAttempt) await setFailing(sql, recipient, result.answer, now)
    return
  }
  await clearFailing(sql, recipient.name)
}

/** Pauses a recipient that refuses the account, not the document: every other deposit would meet the same. */
export async function pauseForAccount(
  sql: Queries,
  recipient: RecipientSettings,
  { answer }: Refused,
  now: Temporal.Instant,
): Promise<void> {
  await pauseRecipient(sql, { recipient, by: 'Continuum', why: answer, automatic: true }, now)
}
