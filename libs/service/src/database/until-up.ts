import type { Sql } from 'postgres'
import { backOffMilliseconds } from '../process/back-off.ts'
import type { Logger } from '../process/log.ts'

const startTimeoutMilliseconds = 30_000
const retryDelay = { firstMilliseconds: 100, maxMilliseconds: 2000 }

/** The codes of a database that is not up yet, or is starting or stopping. */
export const notUpYet: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  '57P03',
])

/**
 * Waits until the database answers.
 *
 * @param passing the codes of errors that pass
 * @throws the driver's error when the database refuses, or is not up within 30 seconds
 */
export async function untilUp(sql: Sql, logger: Logger, passing: ReadonlySet<string> = notUpYet): Promise<void> {
  const deadline = Date.now() + startTimeoutMilliseconds
  for (let failures = 1; ; failures++) {
    try {
      await sql`select 1`
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      const wait = backOffMilliseconds(failures, retryDelay)
      if (!passing.has(code) || Date.now() + wait > deadline) throw error
      logger.warn({ code, wait }, 'database unavailable; retrying')
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
