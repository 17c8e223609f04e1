import type { Queries } from '../store/queries.ts'
import type { Executions } from './executions.ts'

/** Wakes the mails that wait for an address, now that more may be known of the authors of some articles. */
export async function wakeUnaddressed(
  { sql, runs }: { sql: Queries; runs: Pick<Executions, 'wake'> },
  articles: readonly string[],
): Promise<void> {
  const waiting = await sql<{ id: string }[]>`
    select deposit.id from deposit join publication using (article, version, run)
    where deposit.state in ('planned', 'waiting') and deposit.subjects = '{}'
      and (deposit.article = any(${[...articles]}) or publication.facts -> 'about' ?| ${[...articles]})`
  for (const { id } of waiting) await runs.wake(id)
}
