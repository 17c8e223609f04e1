import { randomUUID } from 'node:crypto'
import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { judgePublication } from '../derive/rules/publishable.ts'
import { requestWithin } from '../publish/request-publication.ts'
import { applyChange } from '../store/apply-change.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { markTried, lockDue } from '../store/schedules.ts'

/**
 * Asks for the publications that are due: each once, whichever process looks first. One that is refused stays due, with
 * the reason, and is tried again a minute later.
 */
export async function fireDue(sql: Sql, previewBaseUrl: string, logger: Logger): Promise<void> {
  try {
    while (await fireOne(sql, previewBaseUrl, logger)) continue
  } catch (error) {
    logger.error({ err: error }, 'due publications could not be asked for')
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
    if (verdict.allowed) {
      const asking = { by: `${by} (scheduled)`, batch: randomUUID(), previewBaseUrl }
      await requestWithin(transaction, { id, version: verdict.version, run: verdict.run }, asking)
      logger.info({ articleId: id, version, run }, 'a scheduled publication was asked for')
    } else {
      logger.warn({ articleId: id, version, run, reason: verdict.reason }, 'a scheduled publication is overdue')
    }
    await markTried(transaction, id, verdict.allowed ? '' : verdict.reason)
    await refreshArticle(transaction, id, previewBaseUrl)
    return true
  })
}
