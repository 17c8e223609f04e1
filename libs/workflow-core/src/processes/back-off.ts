import { setTimeout } from 'node:timers/promises'

const initialMs = 200
const maxMs = 30_000

/**
 * Waits after a number of failures in a row: 0.2 s, doubled each time up to 30 s, with a jitter of one half, so that many
 * clients do not retry at once. Resolves early, without an error, when the signal aborts.
 */
export async function backOff(failures: number, signal: AbortSignal): Promise<void> {
  const delayMs = Math.min(initialMs * 2 ** (failures - 1), maxMs)
  await setTimeout(delayMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
}
