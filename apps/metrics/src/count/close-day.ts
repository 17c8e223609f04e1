import type { Logger, Sql } from '@continuum/service'
import { dayOf } from '@continuum/usage'
import { openDays } from './days.ts'
import { recountDay } from './recount.ts'

/** A day that was closed, with the usage that stays of it. */
export interface ClosedDay {
  day: string
  articles: number
  investigations: number
  requests: number
}

/** Thrown when a day cannot be closed because it has not begun. Never retried: the request is wrong. */
export class FutureDayError extends Error {
  override readonly name = 'FutureDayError'
  readonly retry = false
}

/**
 * Closes a day: counts what is stale, then destroys its events and its key. The day before goes first if it is open, for
 * its double-clicks over midnight are told by events of this day.
 *
 * @returns the days that were closed, ascending; none if the day was closed before
 * @throws FutureDayError
 */
export async function closeDay(sql: Sql, day: string, now: Temporal.Instant): Promise<ClosedDay[]> {
  if (Temporal.PlainDate.compare(Temporal.PlainDate.from(day), dayOf(now)) > 0) {
    throw new FutureDayError(`${day} has not begun: it is ${now.toString({ smallestUnit: 'minute' })}`)
  }
  await openDays(sql, [day], now)
  const before = Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
  const [open] = await sql`select from day where day = ${before} and closed is null`
  const earlier = open ? await closeDay(sql, before, now) : []
  const closed = await sql.begin(async (tx): Promise<ClosedDay[]> => {
    const [held] = await tx`select from day where day = ${day} and closed is null for update`
    if (!held) return []
    while ((await recountDay(tx, day, 100)) > 0);
    await tx`delete from event where day = ${day}`
    await tx`update day set key = null, closed = ${now.toString()} where day = ${day}`
    const [sums] = await tx<Omit<ClosedDay, 'day'>[]>`
      select count(*)::int as articles, coalesce(sum(total_investigations), 0)::int as investigations,
        coalesce(sum(total_requests), 0)::int as requests from usage where day = ${day}`
    return sums ? [{ day, ...sums }] : []
  })
  return [...earlier, ...closed]
}

/** Closes every day whose time has come. */
export async function closeDueDays(sql: Sql, now: Temporal.Instant, logger: Logger): Promise<void> {
  const due = await sql<{ day: string }[]>`
    select day::text from day where closed is null and closes <= ${now.toString()} order by day`
  for (const { day } of due) {
    for (const closed of await closeDay(sql, day, now)) logger.info(closed, 'day closed')
  }
}

/**
 * Fails when a day is open that should have been closed an hour ago.
 *
 * @throws Error with the day
 */
export async function checkDaysClose(sql: Sql, now: Temporal.Instant): Promise<void> {
  const [overdue] = await sql<{ day: string; closes: Date }[]>`
    select day::text, closes from day where closed is null and closes < ${now.subtract({ hours: 1 }).toString()}
    order by day limit 1`
  if (overdue) {
    throw new Error(
      `${overdue.day} should have closed at ${overdue.closes.toISOString()}; see the log, then: continuum metrics close ${overdue.day}`,
    )
  }
}
