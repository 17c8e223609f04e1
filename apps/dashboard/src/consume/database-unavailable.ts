import { setTimeout as pause } from 'node:timers/promises'
import { backOffMilliseconds, isDatabaseUnavailable, type Logger } from '@continuum/service'

const retryDelay = { firstMilliseconds: 200, maxMilliseconds: 10_000 }

/**
 * Retries the work with back-off while the database is unavailable.
 *
 * @throws any other error of the work, or its last error if `signal` is aborted
 */
export async function retryWhileDatabaseUnavailable<Result>(
  work: () => Promise<Result>,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<Result> {
  for (let failures = 1; ; failures++) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseUnavailable(error) || signal.aborted) throw error
      const wait = backOffMilliseconds(failures, retryDelay)
      logger.warn({ err: error, wait }, 'database unavailable; retrying')
      await pause(wait, undefined, { signal }).catch(() => undefined)
    }
  }
}
