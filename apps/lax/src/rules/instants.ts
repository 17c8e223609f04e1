/** Formats an instant as the store sends it: `2012-12-13T00:00:00Z`, without fractions of a second. */
export function formatInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' })
}

/** Parses an instant, in whole seconds; undefined where the text is not an instant. */
export function parseInstant(text: unknown): Temporal.Instant | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return wholeSeconds(Temporal.Instant.from(text))
  } catch {
    return undefined
  }
}

export function wholeSeconds(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'second', roundingMode: 'floor' })
}

/** Formats the day in UTC: `2016-04-06`. */
export function formatDay(instant: Temporal.Instant): string {
  return formatInstant(instant).slice(0, 10)
}

export function fromDate(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}

export function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}
