import { createHash } from 'node:crypto'
import { setInterval } from 'node:timers'
import type { Event } from '@continuum/messages'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { recordMessage } from '../consume/record-message.ts'
import { endOf, type Known, type OpenRun } from './judge-run.ts'
import { openRuns } from './open-runs.ts'

/** The dependencies of a comparison. */
export interface Comparison {
  readonly sql: Sql
  readonly previewBaseUrl: string
  readonly executionsOf: (article: string) => Promise<Omit<Known, 'queuesEmpty'>>
  readonly queuesEmpty: () => Promise<boolean>
  readonly now: () => number
  readonly logger: Logger
}

/**
 * Compares the runs that the dashboard shows as continuing with SWF. One that nobody works on any more is shown as failed, with
 * the reason, so that it can be run or published again. Counts of queues are approximate, so a run must be found so twice.
 */
export function createComparison({ sql, previewBaseUrl, executionsOf, queuesEmpty, now, logger }: Comparison) {
  let suspected = new Map<string, number>()
  return async (): Promise<void> => {
    const runs = await openRuns(sql)
    const stillSuspected = new Map<string, number>()
    const empty = runs.length > 0 && (await queuesEmpty())
    for (const run of empty ? runs : []) {
      const end = endOf(run, { ...(await executionsOf(run.article)), queuesEmpty: empty }, now())
      if (end === undefined) continue
      if (suspected.get(run.run) === run.heard) {
        logger.warn(
          { articleId: run.article, version: run.version, run: run.run, reason: end },
          'a run had ended unseen',
        )
        await recordMessage(sql, endedUnseen(run, end, now()), now(), previewBaseUrl)
      } else stillSuspected.set(run.run, run.heard)
    }
    suspected = stillSuspected
  }
}

/** The event that a run would have sent. Its id derives from the silence, so that two processes tell it once. */
function endedUnseen({ article, version, run, step, heard }: OpenRun, message: string, now: number): Event {
  return {
    message_type: 'event',
    item_identifier: article,
    version,
    run,
    event_type: step ?? 'Execution',
    status: 'error',
    timestamp: new Date(now).toISOString(),
    message,
    message_id: createHash('sha256').update(`ended unseen ${run} ${heard}`).digest('hex').slice(0, 32),
  }
}

const intervalMilliseconds = 120_000

/** Compares every two minutes, and soon after the start; `stop` settles when the present comparison is over. */
export function startComparing(compare: () => Promise<void>, logger: Logger): { readonly stop: () => Promise<void> } {
  let current: Promise<void> | undefined
  const begin = () => {
    current ??= compare()
      .catch((error: unknown) =>
        logger.warn({ err: error }, 'runs could not be compared with SWF; trying again in two minutes'),
      )
      .finally(() => (current = undefined))
  }
  const soon = setTimeout(begin, 10_000)
  const timer = setInterval(begin, intervalMilliseconds)
  return {
    stop: async () => {
      clearTimeout(soon)
      clearInterval(timer)
      await current
    },
  }
}
