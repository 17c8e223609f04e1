import { turnWords } from '../rules/next-step.ts'
import { workedColumns, type Worked } from '../store/deposits.ts'
import type { WorkTools } from './tools.ts'

/**
 * Wakes the deposits that wait for this one, and the next of its recipient that waits for its turn. Those of the same publication and
 * recipient need not be woken where they are worked on together.
 */
export async function wakeFollowers({ sql, wake, logger }: WorkTools, id: string): Promise<void> {
  const followers = await sql<Worked[]>`
    with one as (select recipient, article, version, run, together from deposit where id = ${id})
    (select ${workedColumns(sql)} from deposit, one where before = ${id} and state in ('planned', 'waiting')
      and not (one.together and deposit.together
        and (deposit.recipient, deposit.article, deposit.version, deposit.run) = (one.recipient, one.article, one.version, one.run)))
    union all
    (select ${workedColumns(sql)} from deposit, one
      where deposit.recipient = one.recipient and deposit.state = 'waiting' and starts_with(deposit.waits_for, ${turnWords})
      order by deposit.due, deposit.planned_at limit 2)`
  if (followers.length === 0) return
  // One that is not woken looks by itself, later.
  await wake(followers).catch((error: unknown) => logger.warn({ err: error, deposit: id }, 'could not wake deposits'))
}
