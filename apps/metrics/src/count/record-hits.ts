import type { UsageHit } from '@continuum/usage'
import type { TransactionSql } from 'postgres'
import { holdDays } from './days.ts'

/** The outcome for a number of hits. */
export interface Recorded {
  counted: number
  /** Hits that are known already. */
  repeated: number
  /** Hits of days that are closed. */
  late: number
  /** The days of articles that have new events, as `2016-01-31 00353`. */
  affected: Set<string>
}

/** Hits in one statement. */
const batchSize = 5000

/**
 * Records hits. One that is known changes nothing; one of a closed day is only told. The days of the articles become
 * stale once they are given to `markStale`.
 *
 * @param hits of days that `openDays` has opened
 * @param fromLog whether a log file has them, and could be read again
 */
export async function recordHits(tx: TransactionSql, hits: readonly UsageHit[], fromLog: boolean): Promise<Recorded> {
  const days = await holdDays(
    tx,
    hits.map(({ at }) => at.slice(0, 10)),
  )
  const [open = [], late = []] = [true, false].map((wanted) =>
    hits.filter(({ at }) => (days.get(at.slice(0, 10))?.key !== undefined) === wanted),
  )
  await tellLate(tx, late)
  const affected = new Set<string>()
  let counted = 0
  for (let from = 0; from < open.length; from += batchSize) {
    const added = await insertHits(tx, open.slice(from, from + batchSize), fromLog)
    for (const { article, day, before, hits: number } of added) {
      counted += number
      affected.add(`${day} ${article}`)
      // A hit in the first 30 seconds of a day may end a double-click of the day before.
      if (before) affected.add(`${Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()} ${article}`)
    }
  }
  return { counted, repeated: open.length - counted, late: late.length, affected }
}

/** Inserts those hits that are not known, and sums them up: a list for each column travels faster than a parameter for each value. */
function insertHits(
  tx: TransactionSql,
  hits: readonly UsageHit[],
  fromLog: boolean,
): Promise<{ article: string; day: string; before: boolean; hits: number }[]> {
  const column = (of: (hit: UsageHit) => string | null) => hits.map(of)
  return tx`
    with added as (
      insert into event (id, day, at, article, use, link, identity, identity_before, from_log)
      select id, left(at, 10)::date, at::timestamptz, article, use, link, identity, identity_before, ${fromLog}
      from unnest(
        ${column(({ id }) => id)}::text[], ${column(({ at }) => at)}::text[], ${column(({ article }) => article)}::text[],
        ${column(({ use }) => use)}::text[], ${column(({ link }) => link)}::text[], ${column(({ user }) => user)}::text[],
        ${column(({ userBefore }) => userBefore ?? null)}::text[]
      ) as hit (id, at, article, use, link, identity, identity_before)
      on conflict (id) do nothing
      returning article, day, identity_before is not null as before
    )
    select article, day::text, before, count(*)::int as hits from added group by 1, 2, 3`
}

/** Marks days of articles to be counted again. It is the last statement of a transaction, so that none waits for another in a circle. */
export async function markStale(tx: TransactionSql, affected: ReadonlySet<string>): Promise<void> {
  const keys = [...affected].toSorted()
  for (let from = 0; from < keys.length; from += batchSize) {
    const rows = keys.slice(from, from + batchSize).map((key) => ({ day: key.slice(0, 10), article: key.slice(11) }))
    // An update where the row is there already: it waits for a recount in progress, which may not have seen these hits.
    await tx`insert into stale ${tx(rows)} on conflict (article, day) do update set day = excluded.day`
  }
}

async function tellLate(tx: TransactionSql, hits: readonly UsageHit[]): Promise<void> {
  for (const [day, late] of Map.groupBy(hits, ({ at }) => at.slice(0, 10))) {
    await tx`update day set late = late + ${late.length} where day = ${day}`
  }
}
