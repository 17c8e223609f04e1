import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@continuum/service'

/** The database, or the way to it, is away: connection errors, and PostgreSQL's classes for trouble that passes. */
const unavailableCodes =
  /^(CONN|CONNECT_TIMEOUT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|08|40|53|55P03|57P0|58)/

const backOff = { firstMilliseconds: 200, maxMilliseconds: 10_000 }

/** Whether the same may well succeed later: the trouble is the database's, not the message's. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unavailableCodes.test(String(error.code))
}

/**
 * Does the work, again and again while the database is away, ever more slowly.
 *
 * @throws what the work throws for another reason; the last reason where `signal` ends the waiting
 */
export async function retryWhileDatabaseUnavailable<Result>(
  work: () => Promise<Result>,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<Result> {
  for (let wait = backOff.firstMilliseconds; ; wait = Math.min(wait * 2, backOff.maxMilliseconds)) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseUnavailable(error) || signal.aborted) throw error
      logger.warn({ err: error, wait }, 'the database is away: a message waits for it')
      await pause(wait, undefined, { signal }).catch(() => undefined)
    }
  }
}
