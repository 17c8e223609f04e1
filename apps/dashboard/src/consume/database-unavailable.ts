import { setTimeout as pause } from 'node:timers/promises'
import { backOffMilliseconds, type Logger } from '@continuum/service'

/** Connection errors, and PostgreSQL's error classes for temporary failures. */
const unavailableCodes =
  /^(CONN|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|40|53|55P03|57P0|58)/

const retryDelay = { firstMilliseconds: 200, maxMilliseconds: 10_000 }

/** Checks that the database is unavailable, so that a retry may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unavailableCodes.test(String(error.code))
}

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
