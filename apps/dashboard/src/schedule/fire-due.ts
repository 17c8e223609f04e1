import { randomUUID } from 'node:crypto'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { isPublished } from '../derive/history/article.ts'
import { judgePublication } from '../derive/rules/publishable.ts'
import { requestWithin } from '../publish/request-publication.ts'
import { applyChange } from '../store/apply-change.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { markTried, lockDue } from '../store/schedules.ts'

/**
 * Requests the publications that are due, each by one process only. A refused one stays due, with the reason, and is
 * tried again after a minute.
 */
export async function fireDue(sql: Sql, previewBaseUrl: string, logger: Logger): Promise<void> {
  try {
    while (await fireOne(sql, previewBaseUrl, logger)) continue
  } catch (error) {
    logger.error({ err: error }, 'due publications could not be requested')
  }
}

async function fireOne(sql: Sql, previewBaseUrl: string, logger: Logger): Promise<boolean> {
  const [any] = await sql`select from schedule where fired_at is null and due <= now() limit 1`
  if (!any) return false
  return applyChange(sql, null, async (transaction) => {
    const due = await lockDue(transaction)
    if (!due) return false
    const { article: id, version, run, by } = due
    const known = await loadArticle(transaction, id)
    const verdict = judgePublication(known?.article, known?.requests ?? [], {
      ...(version !== undefined && { version }),
      ...(run !== undefined && { run }),
    })
    // Somebody has published it before its time came.
    const runs = known?.article.versions.find(({ number }) => number === version)?.runs ?? []
    const done = runs.some((one) => one.id === run && isPublished(one))
    if (verdict.allowed) {
      const requester = { by: `${by} (scheduled)`, batch: randomUUID(), previewBaseUrl }
      await requestWithin(transaction, { id, version: verdict.version, run: verdict.run }, requester)
      logger.info({ articleId: id, version, run }, 'scheduled publication requested')
    } else if (!done) {
      logger.warn({ articleId: id, version, run, reason: verdict.reason }, 'scheduled publication overdue')
    }
    await markTried(transaction, id, verdict.allowed || done ? '' : verdict.reason)
    await refreshArticle(transaction, id, previewBaseUrl)
    return true
  })
}
