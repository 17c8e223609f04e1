/**
 * Counts stale days again soon after this process took usage, and once in a while for what another one left when it ended. At rest the
 * database is not asked.
 */
import type { Logger, Sql } from '@continuum/service'
import { repeat } from './repeat.ts'
import { recountStale } from './count/recount.ts'

const soonSeconds = 2
const restingRounds = 30

/**
 * Starts to count stale days again, until the signal aborts. A failure is logged, and tried again.
 *
 * @param options.seconds between two looks at whether usage was taken
 */
export function startRecounting(
  sql: Sql,
  { logger, signal, seconds = soonSeconds }: { logger: Logger; signal: AbortSignal; seconds?: number },
): { /** Tells that usage was taken. */ taken: () => void; stopped: Promise<void> } {
  let isWanted = true
  let rounds = 0
  const recount = async () => {
    if (!isWanted && ++rounds < restingRounds) return
    isWanted = false
    rounds = 0
    try {
      await recountStale(sql, signal)
    } catch (error) {
      isWanted = true
      throw error
    }
  }
  const stopped = repeat('recount', seconds, recount, { logger, signal })
  return { taken: () => void (isWanted = true), stopped }
}
