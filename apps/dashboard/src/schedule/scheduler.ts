import { setInterval } from 'node:timers'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { fireDue } from './fire-due.ts'

const intervalMilliseconds = 10_000

/** A running scheduler. */
export interface Scheduler {
  /** Starts no more passes, and settles when the current one is over. */
  readonly stop: () => Promise<void>
}

/**
 * Requests the publications that are due, then sends every unsent request: at once, and every ten seconds. Several
 * processes may do this at the same time: a row is locked by one and skipped by the others.
 *
 * @param options.sendRequests sends the unsent requests; it never throws
 */
export function startScheduler(options: {
  sql: Sql
  previewBaseUrl: string
  sendRequests: () => Promise<void>
  logger: Logger
}): Scheduler {
  const { sql, previewBaseUrl, sendRequests, logger } = options
  const pass = async () => {
    await fireDue(sql, previewBaseUrl, logger)
    await sendRequests()
  }
  let current: Promise<void> | undefined
  const begin = () => {
    // Skipped while the previous pass is still waiting for the queue or the database.
    current ??= pass().finally(() => {
      current = undefined
    })
  }
  begin()
  const timer = setInterval(begin, intervalMilliseconds)
  return {
    stop: async () => {
      clearInterval(timer)
      await current
    },
  }
}
