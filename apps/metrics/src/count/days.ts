import { randomBytes } from 'node:crypto'
import { dayOf } from '@continuum/usage'
import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'

/** Days after which a day closes: after its end, or after the first hit that came later. CloudFront's logs are up to 24 hours late. */
const daysToWait = 3

/** A day as events are recorded in it. */
export interface UsageDay {
  day: string
  /** Absent once it is closed. */
  key?: Buffer
}

interface DayRow {
  day: string
  key: Buffer | null
}

/**
 * Opens days that are not known yet. It is a transaction of its own: others must not wait for a long one to end.
 *
 * @param days as `2016-01-31`
 */
export async function openDays(sql: Sql, days: Iterable<string>, now: Temporal.Instant): Promise<void> {
  for (const day of [...new Set(days)].toSorted()) {
    await sql`
      insert into day (day, key, closes) values (${day}, ${randomBytes(32)}, ${closesAt(day, now)}) on conflict do nothing`
  }
}

/** Keeps days from being closed until the end of the transaction, and returns those that are known. */
export async function holdDays(tx: TransactionSql, days: Iterable<string>): Promise<Map<string, UsageDay>> {
  const rows = await tx<DayRow[]>`
    select day::text, key from day where day = any(${[...new Set(days)]}::date[]) order by day for share`
  return new Map(rows.map(({ day, key }) => [day, { day, ...(key && { key }) }]))
}

function closesAt(day: string, now: Temporal.Instant): string {
  const end = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('UTC').toInstant()
  const later = Temporal.Instant.compare(end, now) > 0 ? end : now
  return later.add({ hours: daysToWait * 24 }).toString()
}

/**
 * Returns the key under which the readers of a day are named, for a process that sends hits.
 *
 * @returns undefined if the day is closed, or neither today, yesterday nor tomorrow
 */
export async function keyOfDay(sql: Sql, day: string, now: Temporal.Instant): Promise<Buffer | undefined> {
  const { days } = Temporal.PlainDate.from(day).since(dayOf(now), { largestUnit: 'days' })
  if (Math.abs(days) > 1) return undefined
  await openDays(sql, [day], now)
  const [row] = await sql<DayRow[]>`select day::text, key from day where day = ${day}`
  return row?.key ?? undefined
}

/** Opens a closed day again, without any usage: its events are gone. Its log files may be read again. */
export async function reopenDay(tx: TransactionSql, day: string, now: Temporal.Instant): Promise<void> {
  await tx`delete from usage where day = ${day}`
  await tx`delete from event where day = ${day}`
  await tx`delete from stale where day = ${day}`
  await tx`
    insert into day (day, key, closes) values (${day}, ${randomBytes(32)}, ${closesAt(day, now)})
    on conflict (day) do update set key = excluded.key, closes = excluded.closes, closed = null, late = 0`
}

/** Usage days by their state, for operators. */
export interface DayStates {
  lastClosed: string | null
  open: { day: string; closes: string; events: number }[]
  late: number
}

export async function dayStates(sql: Sql): Promise<DayStates> {
  const [[totals], open] = await Promise.all([
    sql<{ last: string | null; late: string | null }[]>`
      select max(day) filter (where closed is not null)::text as last, sum(late)::text as late from day`,
    sql<{ day: string; closes: Date; events: number }[]>`
      select day::text, closes, (select count(*)::int from event where event.day = day.day) as events
      from day where closed is null order by day`,
  ])
  return {
    lastClosed: totals?.last ?? null,
    open: open.map(({ day, closes, events }) => ({ day, closes: closes.toISOString(), events })),
    late: Number(totals?.late ?? 0),
  }
}
