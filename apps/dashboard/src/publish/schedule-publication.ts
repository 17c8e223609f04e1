import type { Sql, TransactionSql } from 'postgres'
import type { ActVerdict } from '../derive/rules/dismissible.ts'
import { judgePublication } from '../derive/rules/publishable.ts'
import { judgeArticleScheduling } from '../derive/rules/schedulable.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { recordActivity } from '../store/activity.ts'
import { applyChange } from '../store/apply-change.ts'
import { bindSchedule, cancelSchedule, schedulesOf, setSchedule, type StoredSchedule } from '../store/schedules.ts'

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
 * @param wanted.ready the run to publish; without it, that of the schedule that is moved while it may be published, or
 *   else the first run that becomes ready
 * @param wanted.was the time that it is moved from, in unix seconds: nothing is done where somebody else has moved it since
 * @returns whether it was scheduled; if not, why
 */
export async function schedulePublication(
  sql: Sql,
  wanted: {
    article: string
    due: number
    ready?: { version: number; run: string } | undefined
    was?: number | undefined
  },
  { by, why, previewBaseUrl }: Scheduler,
): Promise<ActVerdict> {
  const { article, due, was } = wanted
  return applyChange(sql, article, async (transaction) => {
    const [earlier] = await schedulesOf(transaction, [article])
    if (was !== undefined && (!earlier || earlier.fired || earlier.due !== was))
      return { allowed: false, reason: movedMeanwhile }
    const verdict = judgeArticleScheduling(await loadArticle(transaction, article), wanted.ready)
    if (!verdict.allowed) return verdict
    const ready = wanted.ready ?? (await stillReady(transaction, earlier))
    await setSchedule(transaction, article, due, by)
    if (ready) await bindSchedule(transaction, article, ready.version, ready.run)
    const action = earlier?.fired === false ? 'change schedule' : 'schedule'
    const detail = `for ${minuteText(due)}${action === 'change schedule' && earlier ? `, before for ${minuteText(earlier.due)}` : ''}`
    await recordActivity(transaction, { by, action, article, ...ready, detail, why })
    await refreshArticle(transaction, article, previewBaseUrl)
    return verdict
  })
}

const movedMeanwhile = 'Somebody else has moved, cancelled or published it since this page was shown.'

/** Returns the run that a schedule is bound to, while it may be published. */
async function stillReady(
  sql: TransactionSql,
  schedule: StoredSchedule | undefined,
): Promise<{ version: number; run: string } | undefined> {
  const { article, version, run, fired } = schedule ?? {}
  if (article === undefined || version === undefined || run === undefined || fired === true) return undefined
  const known = await loadArticle(sql, article)
  return judgePublication(known?.article, known?.requests ?? [], { version, run }).allowed
    ? { version, run }
    : undefined
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
