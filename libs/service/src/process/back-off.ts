/** The delays of a back-off: the first, doubled after each failure up to the maximum. */
export interface BackOff {
  firstMilliseconds: number
  maxMilliseconds: number
}

/** Returns the time to wait after a number of failures in a row. */
export function backOffMilliseconds(failures: number, { firstMilliseconds, maxMilliseconds }: BackOff): number {
  return Math.min(maxMilliseconds, firstMilliseconds * 2 ** Math.max(0, failures - 1))
}
