import { doubleClickSeconds, requestUses } from '@continuum/usage'
import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'

/** Articles that are counted in one transaction. */
const articlesAtOnce = 20

/**
 * Counts the stale days of articles again, until none is left.
 *
 * @returns the number of article days that were counted
 */
export async function recountStale(sql: Sql, signal?: AbortSignal): Promise<number> {
  for (let counted = 0; ;) {
    if (signal?.aborted) return counted
    const done = await sql.begin(async (tx) => {
      const [next] = await tx<{ day: string }[]>`select day::text from stale order by day limit 1`
      return next ? recountDay(tx, next.day, articlesAtOnce) : 0
    })
    if (done === 0) return counted
    counted += done
  }
}

/** Counts a day's stale articles again, at most `limit` of them. */
export async function recountDay(tx: TransactionSql, day: string, limit: number): Promise<number> {
  // Before the stale rows, in the order of all who write: closing waits for this, and finds nothing taken by others.
  const [open] = await tx`select from day where day = ${day} and closed is null for share`
  const stale = await tx<{ article: string }[]>`
    delete from stale where (article, day) in (
      select article, day from stale where day = ${day} order by article limit ${limit} for update skip locked
    ) returning article`
  const articles = stale.map(({ article }) => article)
  if (articles.length > 0 && open) await count(tx, day, articles)
  return articles.length
}

/**
 * Computes the usage of articles on a day from their events.
 *
 * Double-clicks go first: of two clicks of one user on one link within 30 seconds the earlier is removed. The sessions of
 * the rest are counted then: user, UTC date and clock hour. Counted the other way round, the unique items of two hours
 * could exceed the clicks that are left. Rule: COUNTER Code of Practice 5.1, sections 7.2 and 7.3.
 */
async function count(tx: TransactionSql, day: string, articles: readonly string[]): Promise<void> {
  await tx`delete from usage where day = ${day} and article = any(${[...articles]})`
  const requests = tx`use = any(${[...requestUses]})`
  const session = tx`(identity, date_trunc('hour', at at time zone 'UTC'))`
  await tx`
    with clicks as (
      select article, use, link, at, identity, from_log, true as own
      from event where day = ${day} and article = any(${[...articles]})
      union all
      select article, use, link, at, identity_before, from_log, false
      from event where day = ${day}::date + 1 and article = any(${[...articles]}) and identity_before is not null
    ), chained as (
      select *, lead(at) over (partition by article, identity, link order by at, own desc) as next from clicks
    ), kept as (
      select * from chained
      where own and (next is null or next - at > make_interval(secs => ${doubleClickSeconds}))
    )
    insert into usage
    select article, ${day}::date,
      count(*) filter (where use = 'full'), count(*) filter (where use = 'abstract'), count(*) filter (where use = 'pdf'),
      count(*), count(distinct ${session}),
      count(*) filter (where ${requests}), count(distinct ${session}) filter (where ${requests}),
      count(*) filter (where not from_log)
    from kept group by article`
}
