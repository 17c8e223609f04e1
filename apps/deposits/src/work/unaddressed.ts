import type { Queries } from '../store/queries.ts'
import { workedColumns, type Worked } from '../store/deposits.ts'
import type { Executions } from './executions.ts'

/** Wakes the mails that wait for an address, now that more may be known of the authors of some articles. */
export async function wakeUnaddressed(
  { sql, runs }: { sql: Queries; runs: Pick<Executions, 'wake'> },
  articles: readonly string[],
): Promise<void> {
  const waiting = await sql<Worked[]>`
    select ${workedColumns(sql)} from deposit join publication using (article, version, run)
    where deposit.state in ('planned', 'waiting') and deposit.subjects = '{}'
      and (deposit.article = any(${[...articles]}) or publication.facts -> 'about' ?| ${[...articles]})`
  await runs.wake(waiting)
}
