import { turnWords } from '../rules/next-step.ts'
import type { WorkTools } from './tools.ts'

/** Wakes the deposits that wait for this one, and the next of its recipient that waits for its turn. */
export async function wakeFollowers({ sql, wake, logger }: WorkTools, deposit: string): Promise<void> {
  const followers = await sql<{ id: string }[]>`
    (select id from deposit where before = ${deposit} and state in ('planned', 'waiting'))
    union all
    (select other.id from deposit one join deposit other using (recipient)
      where one.id = ${deposit} and other.state = 'waiting' and starts_with(other.waits_for, ${turnWords})
      order by other.due, other.planned_at limit 2)`
  // One that is not woken looks by itself, later.
  for (const { id } of followers)
    await wake(id).catch((error: unknown) => logger.warn({ err: error, deposit: id }, 'could not wake a deposit'))
}
