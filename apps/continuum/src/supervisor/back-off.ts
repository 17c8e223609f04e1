import { backOffMilliseconds } from '@continuum/service'

/** The delay before a crashed process is restarted, and whether its crashes need a person's attention. */
export interface BackOff {
  /** Milliseconds until the next start. */
  readonly delay: number
  /** True from the third crash in a row. */
  readonly crashLooping: boolean
}

const restartDelay = { firstMilliseconds: 250, maxMilliseconds: 15_000 }
/** A process that lives this long (ms) counts as healthy again. */
export const healthyAfter = 30_000

/** Computes the back-off after a number of crashes in a row, this one included, without a healthy period in between. */
export function backOff(deaths: number): BackOff {
  return { delay: backOffMilliseconds(deaths, restartDelay), crashLooping: deaths >= 3 }
}
