/** The views of the scheduled publications. */
export const calendarViews = ['list', 'week', 'month'] as const
export type CalendarView = (typeof calendarViews)[number]

/** Lists the days of a view in weeks, which begin on Monday; those of a month are completed on both sides. */
export function weeksOf(view: 'week' | 'month', date: Temporal.PlainDate): Temporal.PlainDate[][] {
  const monday = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 })
  const first = monday(view === 'week' ? date : date.with({ day: 1 }))
  const last = view === 'week' ? date : date.with({ day: date.daysInMonth })
  const weeks = 1 + first.until(monday(last), { largestUnit: 'days' }).days / 7
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => first.add({ days: week * 7 + day })),
  )
}

/** Returns the date that the same view of the time before or after is asked for with. */
export function neighbour(view: 'week' | 'month', date: Temporal.PlainDate, by: -1 | 1): Temporal.PlainDate {
  return view === 'week' ? date.add({ weeks: by }) : date.with({ day: 1 }).add({ months: by })
}

/** Returns the first instant of a day in a zone, as unix seconds. */
export function startOf(day: Temporal.PlainDate, zone: string): number {
  return Math.floor(day.toZonedDateTime({ timeZone: zone }).epochMilliseconds / 1000)
}

/** Moves a time to another day: the clock of the zone shows the same. Answers as a form's field would have it. */
export function sameClockOn(seconds: number, day: string, zone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone)
  return `${day}T${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
