import { setTimeout } from 'node:timers/promises'

const firstMs = 200
const longestMs = 30_000

/**
 * Waits after a number of failures in a row: 0.2 s, doubled each time, at most 30 s, and of that a random half to the
 * whole, so that many do not come back at once. Ends early, without error, when the signal aborts.
 */
export async function backOff(failures: number, signal: AbortSignal): Promise<void> {
  const whole = Math.min(firstMs * 2 ** (failures - 1), longestMs)
  await setTimeout(whole * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
}
