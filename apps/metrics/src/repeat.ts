import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@continuum/service'

/** Repeats work with a pause between, until the signal aborts. A failure is logged, and the work tried again. */
export async function repeat(
  name: string,
  seconds: number,
  work: () => Promise<unknown>,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) logger.error({ err: error, work: name }, 'failed; will be tried again')
    }
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined)
  }
}
