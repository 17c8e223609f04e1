import type { Sql } from '@continuum/service'
import { isEnd } from '../rules/state.ts'
import { moveDeposit, withDeposit, workedColumns, type Worked } from '../store/deposits.ts'
import { renewStamp } from '../store/stamps.ts'
import type { Executions } from './executions.ts'

/** The acts of people on a deposit. */
export const acts = ['again', 'done', 'refused', 'cancel'] as const
export type Act = (typeof acts)[number]

/**
 * Does what a person asks for with a deposit, and writes down who did it and why.
 *
 * Sent again, a document is made again, with a timestamp of its own: what was refused may have been mended in the meantime.
 *
 * @throws IllegalMoveError when its state does not allow it; UnknownDepositError
 */
export async function actOnDeposit(
  { sql, runs, now }: { sql: Sql; runs: Executions; now: () => Temporal.Instant },
  id: string,
  { act, by, why }: { act: Act; by: string; why?: string | undefined },
): Promise<void> {
  const row = await withDeposit(sql, id, async (transaction, locked) => {
    const at = now()
    if (act === 'cancel') await moveDeposit(transaction, locked, 'cancel', at, { answer: `Cancelled by ${by}: ${why}` })
    if (act === 'done')
      await moveDeposit(transaction, locked, 'markDone', at, { answer: `Marked as done by ${by}: ${why}` })
    if (act === 'refused')
      await moveDeposit(transaction, locked, 'markRefused', at, { answer: `Refused, as ${by} says: ${why}` })
    if (act === 'again') {
      await moveDeposit(transaction, locked, 'sendAgain', at, {
        due: at,
        nextAt: null,
        attempts: 0,
        asked: 0,
        firstAttempt: null,
      })
      await transaction`update deposit set document = null, rebuilt = false, sent_at = null where id = ${id}`
      await transaction`
        update attempt set ended = ${at.toString()}, outcome = 'interrupted', answer = 'Nobody knows.'
        where deposit = ${id} and ended is null`
      if (locked.stamp !== null) await renewStamp(transaction, locked, at)
    }
    await transaction`
      insert into action (at, by, act, why, deposit) values (${at.toString()}, ${by}, ${act}, ${why ?? null}, ${id})`
    return locked
  })
  // An execution that waits sees the change at once; one that has ended begins anew where something is to be done.
  if (act === 'again' || !isEnd(row.state)) await runs.start([row])
  await runs.wake(
    await sql<Worked[]>`
    select ${workedColumns(sql)} from deposit where before = ${id} and state in ('planned', 'waiting')`,
  )
}
