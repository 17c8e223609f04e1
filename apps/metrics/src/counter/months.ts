import type { Sql } from '@continuum/service'

/** The months of which reports can be made: first and last whole month that is processed; undefined while there is none. */
export interface ReadyMonths {
  first: Temporal.PlainYearMonth
  last: Temporal.PlainYearMonth
}

/** Days that a month waits for late logs after its end. */
const lateDays = 3
/** Whole years that are kept beside the current one. Rule: COUNTER 5.1 wants the current year and 24 months. */
const keptYears = 2

/** Finds the months whose days are all over and closed. */
export async function readyMonths(sql: Sql, now: Temporal.Instant): Promise<ReadyMonths | undefined> {
  const [row] = await sql<{ first: string | null; open: string | null }[]>`
    select (select min(day) from usage)::text as first, (select min(day) from day where closed is null)::text as open`
  if (!row?.first) return undefined
  const today = now
    .subtract({ hours: lateDays * 24 })
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
  const over = today.toPlainYearMonth().subtract({ months: 1 })
  const closed = row.open ? Temporal.PlainDate.from(row.open).toPlainYearMonth().subtract({ months: 1 }) : over
  const last = earlier(over, closed)
  const oldest = Temporal.PlainYearMonth.from({ year: today.year - keptYears, month: 1 })
  const first = later(Temporal.PlainDate.from(row.first).toPlainYearMonth(), oldest)
  return Temporal.PlainYearMonth.compare(first, last) > 0 ? undefined : { first, last }
}

export function earlier(a: Temporal.PlainYearMonth, b: Temporal.PlainYearMonth): Temporal.PlainYearMonth {
  return Temporal.PlainYearMonth.compare(a, b) < 0 ? a : b
}

export function later(a: Temporal.PlainYearMonth, b: Temporal.PlainYearMonth): Temporal.PlainYearMonth {
  return Temporal.PlainYearMonth.compare(a, b) > 0 ? a : b
}
