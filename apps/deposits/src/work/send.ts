import type { DepositState } from '@continuum/messages'
import type { Document, SendResult } from '@continuum/recipients'
import { implement, type Implementation } from '@continuum/workflow-core'
import type { RecipientSettings } from '@continuum/settings'
import { nextStep } from '../rules/next-step.ts'
import { isEnd, mayMove } from '../rules/state.ts'
import { FileMissingError } from '../services/files.ts'
import { beginAttempt } from '../store/attempts.ts'
import { moveDeposit, readDeposit, withDeposit, type DepositRow, type StoredDocument } from '../store/deposits.ts'
import { readOutlook } from '../store/outlook.ts'
import { readPublication, setDocument } from '../store/publications.ts'
import { readSuppression } from '../store/suppressions.ts'
import { sendDeposit } from '../workflows/activities.ts'
import { recordSending, recordUnknownAttempts, recordUnsent, unsentWords } from './outcome.ts'
import { recipientOf, type Tending, type WorkTools } from './tools.ts'
import { wakeFollowers } from './wake.ts'

/** Thrown when an attempt has ended after another began in its place: that one goes on with the deposit. */
export class ReplacedAttemptError extends Error {
  override readonly name = 'ReplacedAttemptError'
}

/** Sends a deposit that has an execution of its own. */
export function implementSend(tools: WorkTools): Implementation {
  return implement(sendDeposit, async ({ deposit }, tending) => void (await send(tools, deposit, tending)))
}

/**
 * Sends a deposit. Its document is made and kept before, the attempt is written down before the first byte leaves, and the outcome after
 * the last: a process that is killed in between leaves an attempt without an end, which tells that something may have arrived. Where what comes
 * before the first byte fails, nothing has: the attempt ends, is made again later, and does not count. An attempt that only the bucket knows
 * of was made before the database was lost: a person looks, and nothing is sent again by itself.
 *
 * @returns the state that it has after an attempt; undefined where there was none
 * @throws ReplacedAttemptError
 */
export async function send(
  tools: WorkTools,
  deposit: string,
  { signal, log }: Tending,
): Promise<DepositState | undefined> {
  const row = await readDeposit(tools.sql, deposit)
  const recipient = recipientOf(tools.recipients, row.recipient)
  if (recipient.kind === 'mail' && (await isSuppressed(tools, deposit))) return undefined
  const made = await ensureDocument(tools, row, recipient, signal)
  const attempt = made && (await begin(tools, deposit, recipient, made.stored))
  if (!made || !attempt) return undefined
  const end = async (result: SendResult) => {
    const state = await recordSending(tools, deposit, attempt.number, recipient, result)
    await wakeFollowers(tools, deposit)
    return state
  }
  const prepare = async <Prepared>(step: () => Promise<Prepared>): Promise<Prepared> =>
    step().catch(async (error: unknown) => {
      await recordUnsent(tools, deposit, attempt.number, recipient, error)
      await wakeFollowers(tools, deposit)
      throw error
    })
  await using opened = made.built ?? (await prepare(() => tools.open(made.stored, signal)))
  const connected = await prepare(async () => tools.connect(recipient, row))
  const unknown = await prepare(() => tools.mark(row, attempt.number, signal))
  if (unknown) {
    log.warn({ deposit, recipient: row.recipient, attempt: attempt.number, unknown }, 'sent before, it seems')
    const state = await recordUnknownAttempts(tools, deposit, attempt.number, unknown)
    await wakeFollowers(tools, deposit)
    return state
  }
  const context = {
    key: deposit,
    attempt: attempt.number,
    ...(attempt.known !== undefined && { known: attempt.known }),
    ...(attempt.replaces && { replaces: true }),
  }
  const result = await connected.send(opened, context, signal)
  log.info({ deposit, recipient: row.recipient, attempt: attempt.number, outcome: result.kind }, result.answer)
  const state = await end(result)
  if (state !== 'sending') return state
  throw new ReplacedAttemptError(`Attempt ${attempt.number} of ${deposit} ended after another had begun in its place.`)
}

/** Cancels a mail that was planned before mail to its address was stopped. */
function isSuppressed({ sql, now }: WorkTools, id: string): Promise<boolean> {
  return withDeposit(sql, id, async (transaction, row) => {
    if (!mayMove(row.state, 'cancel')) return false
    const why = await readSuppression(transaction, row.subjects[0] ?? '')
    if (why === undefined) return false
    await moveDeposit(transaction, row, 'cancel', now(), { answer: `No mail goes to this address: ${why}` })
    return true
  })
}

interface Made {
  readonly stored: StoredDocument
  /** The same bytes in memory, where they were just built. */
  readonly built?: Document & AsyncDisposable
}

/** Returns the document of a deposit, made when there is none; undefined where it cannot be made, and the deposit is refused. */
async function ensureDocument(
  tools: WorkTools,
  row: DepositRow,
  recipient: RecipientSettings,
  signal: AbortSignal,
): Promise<Made | undefined> {
  const { sql, now } = tools
  const { id } = row
  if (row.document) return { stored: row.document }
  if (isEnd(row.state)) return undefined
  const refuse = async (answer: string): Promise<undefined> => {
    await withDeposit(sql, id, (transaction, locked) => moveDeposit(transaction, locked, 'refuse', now(), { answer }))
    await wakeFollowers(tools, id)
  }
  let made, stored
  try {
    made = await tools.build(row, await readPublication(sql, row), recipient, signal)
    if ('problems' in made) return await refuse(`Not sent, for it would not be valid: ${made.problems.join('; ')}`)
    stored = await tools.keep(row, made.document, signal)
  } catch (error) {
    if (error instanceof FileMissingError) return refuse(unsentWords(error))
    throw error
  }
  const { name, mediaType, bytes } = made.document
  const isOurs = await setDocument(sql, row, stored)
  // Another worker may have been quicker: what is written down is what is sent.
  if (!isOurs) return { stored: (await readDeposit(sql, id)).document ?? stored }
  if (!(bytes instanceof Uint8Array)) return { stored }
  return { stored, built: { name, mediaType, bytes, [Symbol.asyncDispose]: async () => {} } }
}

/**
 * Begins an attempt, if the deposit may be sent now and the document is still its own: a person may have sent it again in the meantime. What it
 * waits for instead is found by the next step.
 */
function begin(tools: WorkTools, id: string, recipient: RecipientSettings, document: StoredDocument) {
  return withDeposit(tools.sql, id, async (sql, row) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`turn ${row.recipient}`}, 0))`
    if (row.document?.key !== document.key) return undefined
    const next = nextStep(await readOutlook(sql, row, recipient), tools.now())
    return next.step === 'send' ? beginAttempt(sql, row, document, tools.now()) : undefined
  })
}
