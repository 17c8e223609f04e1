import type { SendResult } from '@continuum/recipients'
import { implement, type Implementation } from '@continuum/workflow-core'
import { nextStep } from '../rules/next-step.ts'
import { isEnd, mayMove } from '../rules/state.ts'
import { beginAttempt } from '../store/attempts.ts'
import { moveDeposit, readDeposit, withDeposit, type StoredDocument } from '../store/deposits.ts'
import { readOutlook } from '../store/outlook.ts'
import { readPublication, setDocument } from '../store/publications.ts'
import { readSuppression } from '../store/suppressions.ts'
import { sendDeposit } from '../workflows/activities.ts'
import { recordSending, recordUnknownAttempts } from './outcome.ts'
import { recipientOf, type WorkTools } from './tools.ts'
import { wakeFollowers } from './wake.ts'

/**
 * Sends a deposit. Its document is made and kept before, the attempt is written down before the first byte leaves, and the outcome after
 * the last: a process that is killed in between leaves an attempt without an end, which tells that something may have arrived. An attempt
 * that only the bucket knows of was made before the database was lost: a person looks, and nothing is sent again by itself.
 */
export function implementSend(tools: WorkTools): Implementation {
  return implement(sendDeposit, async ({ deposit }, { signal, log }) => {
    if (await isSuppressed(tools, deposit)) return
    const document = await ensureDocument(tools, deposit, signal)
    const attempt = document && (await begin(tools, deposit, document))
    if (!document || !attempt) return
    await using opened = await tools.open(document, signal)
    const row = await readDeposit(tools.sql, deposit)
    const unknown = await tools.mark(row, attempt.number)
    if (unknown) {
      log.warn({ deposit, recipient: row.recipient, attempt: attempt.number, unknown }, 'sent before, it seems')
      await recordUnknownAttempts(tools, deposit, attempt.number, unknown)
      return
    }
    const context = {
      key: deposit,
      attempt: attempt.number,
      ...(attempt.known !== undefined && { known: attempt.known }),
      ...(attempt.replaces && { replaces: true }),
    }
    const recipient = recipientOf(tools.recipients, row.recipient)
    const result: SendResult = await tools.connect(recipient, row).send(opened, context, signal)
    log.info({ deposit, recipient: row.recipient, attempt: attempt.number, outcome: result.kind }, result.answer)
    await recordSending(tools, deposit, attempt.number, recipient, result)
    await wakeFollowers(tools, deposit)
  })
}

/** Cancels a mail that was planned before mail to its address was stopped. */
function isSuppressed({ sql, recipients, now }: WorkTools, id: string): Promise<boolean> {
  return withDeposit(sql, id, async (transaction, row) => {
    if (recipientOf(recipients, row.recipient).kind !== 'mail' || !mayMove(row.state, 'cancel')) return false
    const why = await readSuppression(transaction, row.subjects[0] ?? '')
    if (why === undefined) return false
    await moveDeposit(transaction, row, 'cancel', now(), { answer: `No mail goes to this address: ${why}` })
    return true
  })
}

/** Returns the document of a deposit, made when there is none; undefined where it cannot be made, and the deposit is refused. */
async function ensureDocument(tools: WorkTools, id: string, signal: AbortSignal): Promise<StoredDocument | undefined> {
  const { sql, now } = tools
  const row = await readDeposit(sql, id)
  if (row.document) return row.document
  if (isEnd(row.state)) return undefined
  const recipient = recipientOf(tools.recipients, row.recipient)
  const built = await tools.build(row, await readPublication(sql, row), recipient, signal)
  if ('problems' in built) {
    const answer = `Not sent, for it would not be valid: ${built.problems.join('; ')}`
    await withDeposit(sql, id, (transaction, locked) => moveDeposit(transaction, locked, 'refuse', now(), { answer }))
    await wakeFollowers(tools, id)
    return undefined
  }
  const stored = await tools.keep(row, built.document, signal)
  await setDocument(sql, id, stored)
  // Another worker may have been quicker: what is written down is what is sent.
  return (await readDeposit(sql, id)).document ?? stored
}

/** Begins an attempt, if the deposit may be sent now; what it waits for instead is found by the next step. */
function begin(tools: WorkTools, id: string, document: StoredDocument) {
  return withDeposit(tools.sql, id, async (sql, row) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`turn ${row.recipient}`}, 0))`
    const recipient = recipientOf(tools.recipients, row.recipient)
    const next = nextStep(await readOutlook(sql, row, recipient), tools.now())
    return next.step === 'send' ? beginAttempt(sql, row, document, tools.now()) : undefined
  })
}
