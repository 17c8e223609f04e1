import { setInterval } from 'node:timers'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { fireDue } from './fire-due.ts'

const everyMilliseconds = 10_000

/** What runs by the clock. */
export interface Scheduler {
  /** Settles when the round under way is over; none begins after. */
  readonly stop: () => Promise<void>
}

/**
 * Asks for the publications that are due, then sends every publication request that is kept and not sent yet: at once, and every
 * ten seconds. Rows are locked and skipped, so several processes may do it beside each other, and each thing is done once.
 *
 * @param options.sendRequests sends what is kept; it never throws
 */
export function startScheduler(options: {
  sql: Sql
  previewBaseUrl: string
  sendRequests: () => Promise<void>
  logger: Logger
}): Scheduler {
  const { sql, previewBaseUrl, sendRequests, logger } = options
  const round = async () => {
    await fireDue(sql, previewBaseUrl, logger)
    await sendRequests()
  }
  let underWay: Promise<void> | undefined
  const begin = () => {
    // A round that is still waiting for a queue or a database is not joined by another.
    underWay ??= round().finally(() => {
      underWay = undefined
    })
  }
  begin()
  const timer = setInterval(begin, everyMilliseconds)
  return {
    stop: async () => {
      clearInterval(timer)
      await underWay
    },
  }
}
