/** Converts an ISO 8601 instant to microseconds since 1970: the precision of the bot's timestamps, and a safe integer. */
export function microseconds(instant: string): number {
  return Number(Temporal.Instant.from(instant).epochNanoseconds / 1000n)
}

/** Converts an ISO 8601 instant to whole unix seconds, as in the JSON API. */
export function unixSeconds(instant: string): number {
  return Math.floor(microseconds(instant) / 1_000_000)
}

/** Converts unix milliseconds to an ISO 8601 instant. */
export function isoOf(unixMilliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(unixMilliseconds).toString()
}
