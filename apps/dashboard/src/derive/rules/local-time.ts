/** A local time in a zone as an instant, or what is wrong with it, in words for whoever typed it. */
export type LocalTime =
  | { readonly is: 'instant'; readonly seconds: number }
  | { readonly is: 'twice'; readonly problem: string; readonly first: string; readonly second: string }
  | { readonly is: 'wrong'; readonly problem: string }

const months = `January February March April May June July August September October November December`.split(' ')

/** Formats a day: `29 March 2026`. */
export function dayText({ day, month, year }: Pick<Temporal.PlainDate, 'day' | 'month' | 'year'>): string {
  return `${day} ${months[month - 1]} ${year}`
}

/**
 * Converts a date and time that somebody typed to an instant: a time that the clocks of its zone leave out on that day is
 * refused, and one that they show twice needs to be told which.
 *
 * @param local `2026-03-29T02:30`
 * @param which of a time that comes twice
 */
export function readLocalTime(local: string, zone: string, which?: 'first' | 'second'): LocalTime {
  const typed = parse(local)
  if (!typed) return { is: 'wrong', problem: 'This is not a date and time. Give both, such as 2026-12-24 09:30.' }
  if (!isZone(zone)) return { is: 'wrong', problem: `${zone} is not a time zone.` }
  const earlier = typed.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = typed.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return instantOf(earlier)
  const clock = clockText(typed)
  const day = dayText(typed)
  if (!earlier.toPlainDateTime().equals(typed)) {
    const resumes = clockText(earlier.getTimeZoneTransition('next') ?? later)
    const problem = `${clock} does not exist on that day (${day}) in ${zone}: the clocks go forward, to ${resumes}. Give ${resumes} or later.`
    return { is: 'wrong', problem }
  }
  if (which !== undefined) return instantOf(which === 'first' ? earlier : later)
  const problem = `${clock} comes twice on that day (${day}) in ${zone}: the clocks go back. Say which one.`
  return { is: 'twice', problem, first: `the first, UTC${earlier.offset}`, second: `the second, UTC${later.offset}` }
}

/** Formats an instant as a browser's field for date and time has it, in a zone: `2026-12-24T09:30`. */
export function localText(seconds: number, zone: string): string {
  return zoned(seconds, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

/** Returns an instant as the clocks of a zone show it. */
export function zoned(seconds: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone)
}

/** Formats the time of a day: `09:30`. */
export function clockText({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Says what the clocks of a zone do on a day: undefined where it has 24 hours. */
export function clockChange(day: Temporal.PlainDate, zone: string): string | undefined {
  const start = day.toZonedDateTime({ timeZone: zone })
  const hours = start.hoursInDay
  const at = hours === 24 ? null : start.getTimeZoneTransition('next')
  return at ? `The clocks go ${hours < 24 ? 'forward' : 'back'} on this day, to ${clockText(at)}` : undefined
}

function instantOf(at: Temporal.ZonedDateTime): LocalTime {
  return { is: 'instant', seconds: Math.floor(at.epochMilliseconds / 1000) }
}

function parse(local: string): Temporal.PlainDateTime | undefined {
  try {
    return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(local) ? Temporal.PlainDateTime.from(local) : undefined
  } catch {
    return undefined
  }
}

function isZone(zone: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== ''
  } catch {
    return false
  }
}
