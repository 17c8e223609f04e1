import { nextStamp } from '../rules/stamps.ts'
import type { DepositRow } from './deposits.ts'
import type { Queries } from './queries.ts'

/** Takes the timestamp of a document: above every other that was given out for its DOIs, whatever the clock says. */
export async function takeStamp(
  sql: Queries,
  { recipient, subjects }: Pick<DepositRow, 'recipient' | 'subjects'>,
  now: Temporal.Instant,
  seen: readonly string[] = [],
): Promise<string> {
  // The order of the rows keeps two that take stamps of the same DOIs from waiting for each other.
  const last = await sql<{ last: string }[]>`
    select last::text from stamp where recipient = ${recipient} and subject in ${sql(subjects)} order by subject for update`
  const stamp = nextStamp(now, [...seen, ...last.map((row) => row.last)])
  for (const subject of subjects.toSorted())
    await sql`
      insert into stamp (recipient, subject, last) values (${recipient}, ${subject}, ${stamp})
      on conflict (recipient, subject) do update set last = greatest(stamp.last, excluded.last)`
  return stamp
}

/** Gives a deposit a new timestamp, above all that its recipient has seen; its document is made again. */
export async function renewStamp(
  sql: Queries,
  row: DepositRow,
  now: Temporal.Instant,
  seen: readonly string[] = [],
): Promise<void> {
  const stamp = await takeStamp(sql, row, now, seen)
  await sql`update deposit set stamp = ${stamp}, document = null where id = ${row.id}`
}
