import type { ISql } from 'postgres'

/** Stores that somebody is here, once a minute. Half an hour of silence ends a visit. */
export async function recordVisit(sql: ISql, account: string): Promise<void> {
  await sql`
    insert into visit (account) select name from account where name = ${account}
    on conflict (account) do update set seen_at = excluded.seen_at,
      before_at = case when visit.seen_at < now() - interval '30 minutes' then visit.seen_at else visit.before_at end
    where visit.seen_at < now() - interval '1 minute'`
}

/** Returns the end of the visit before this one, as ISO 8601 in UTC; undefined for somebody who was never here. */
export async function lastVisit(sql: ISql, account: string): Promise<string | undefined> {
  const [row] = await sql<{ at: string | null }[]>`
    select to_char(before_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from visit where account = ${account}`
  return row?.at ?? undefined
}
