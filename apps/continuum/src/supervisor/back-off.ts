/** When a process that died is started again, and when its dying is worth a person's attention. */
export interface BackOff {
  /** Milliseconds until the next start. */
  readonly delay: number
  /** True from the third death in a row on: it keeps dying. */
  readonly keepsDying: boolean
}

const first = 250
const longest = 15_000
/** Alive for so long (ms), a process counts as healthy again. */
export const healthyAfter = 30_000

/** `deaths`: how often in a row it has died, this time included, without having been healthy in between. */
export function backOff(deaths: number): BackOff {
  return { delay: Math.min(longest, first * 2 ** Math.max(0, deaths - 1)), keepsDying: deaths >= 3 }
}
