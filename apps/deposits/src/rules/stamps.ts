/**
 * Returns an instant as Crossref's timestamp: `YYYYMMDDHHMMSSmmm` in UTC. Local time would fall back by an hour each autumn,
 * and for that hour every deposit would be refused.
 */
export function stampOf(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' }).replaceAll(/\D/g, '')
}

/** Returns the stamp to give out: that of now, or one above the last that was given out for the same DOIs. */
export function nextStamp(now: Temporal.Instant, last: readonly string[]): string {
  const floor = last.map((stamp) => BigInt(stamp) + 1n)
  return String([BigInt(stampOf(now)), ...floor].reduce((one, other) => (one > other ? one : other)))
}

/** Compares two stamps as numbers, as Crossref does: negative when the first is lower. */
export function compareStamps(one: string, other: string): number {
  const difference = BigInt(one) - BigInt(other)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
