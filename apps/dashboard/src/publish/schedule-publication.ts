import type { Sql } from 'postgres'
import { refreshArticle } from '../project/article-rows.ts'
import { recordActivity } from '../store/activity.ts'
import { applyChange } from '../store/apply-change.ts'
import { bindSchedule, cancelSchedule, schedulesOf, setSchedule } from '../store/schedules.ts'

/** The author of a change of a schedule, with the reason. */
export interface Scheduler {
  readonly by: string
  readonly why?: string | undefined
  readonly previewBaseUrl: string
}

/**
 * Schedules the publication of an article, which need not have arrived, or moves it.
 *
 * @param wanted.due unix seconds
 * @param wanted.ready the run to publish; without it, the first run that becomes ready is published
 */
export async function schedulePublication(
  sql: Sql,
  wanted: { article: string; due: number; ready?: { version: number; run: string } | undefined },
  { by, why, previewBaseUrl }: Scheduler,
): Promise<void> {
  const { article, due, ready } = wanted
  await applyChange(sql, article, async (transaction) => {
    const [earlier] = await schedulesOf(transaction, [article])
    await setSchedule(transaction, article, due, by)
    if (ready) await bindSchedule(transaction, article, ready.version, ready.run)
    const action = earlier?.fired === false ? 'change schedule' : 'schedule'
    const detail = `for ${minuteText(due)}${action === 'change schedule' && earlier ? `, before for ${minuteText(earlier.due)}` : ''}`
    await recordActivity(transaction, { by, action, article, ...ready, detail, why })
    await refreshArticle(transaction, article, previewBaseUrl)
  })
}

/** Cancels the scheduled publication of an article, if there is one. */
export async function cancelPublication(
  sql: Sql,
  article: string,
  { by, why, previewBaseUrl }: Scheduler,
): Promise<void> {
  await applyChange(sql, article, async (transaction) => {
    const [earlier] = await schedulesOf(transaction, [article])
    await cancelSchedule(transaction, article)
    if (earlier?.fired === false) {
      const { version, run, due } = earlier
      const detail = `it was for ${minuteText(due)}`
      await recordActivity(transaction, { by, action: 'cancel schedule', article, version, run, detail, why })
    }
    await refreshArticle(transaction, article, previewBaseUrl)
  })
}

/** Formats unix seconds as `2026-12-24 09:30 UTC`. */
function minuteText(seconds: number): string {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(seconds) * 1000)
  return `${at.toString({ smallestUnit: 'minute' }).replace('T', ' ').replace('Z', '')} UTC`
}
