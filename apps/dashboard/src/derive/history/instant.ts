/** Microseconds since 1970 of an ISO 8601 instant: what the bot's timestamps are precise to, and a safe integer. */
export function microseconds(instant: string): number {
  return Number(Temporal.Instant.from(instant).epochNanoseconds / 1000n)
}

/** The whole unix seconds of an ISO 8601 instant: what the JSON API says. */
export function unixSeconds(instant: string): number {
  return Math.floor(microseconds(instant) / 1_000_000)
}
