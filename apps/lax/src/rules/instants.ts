/** `2012-12-13T00:00:00Z`: how every instant leaves the store; fractions of a second are cut off. */
export function formatInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' })
}

/** The instant that a text names, in whole seconds, or undefined where it names none. */
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

/** `2016-04-06`, the day in UTC. */
export function formatDay(instant: Temporal.Instant): string {
  return formatInstant(instant).slice(0, 10)
}

export function fromDate(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}

export function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}
