/**
 * The timestamp of a deposit: `YYYYMMDDHHMMSSmmm` in UTC, and greater as a number than the last one given out for any DOI in it,
 * whatever the clock says. Crossref takes a DOI only with a greater timestamp than before.
 *
 * @param last the greatest one given out before for these DOIs
 */
export function nextTimestamp(now: Temporal.Instant, last?: string): string {
  const stamp = now.toString({ fractionalSecondDigits: 3 }).replaceAll(/\D/g, '')
  if (last === undefined || BigInt(stamp) > BigInt(last)) return stamp
  return String(BigInt(last) + 1n)
}
