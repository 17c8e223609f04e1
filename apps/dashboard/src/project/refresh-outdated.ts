import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { outdatedArticles, refreshArticle } from './article-rows.ts'
import { applyChange } from '../store/apply-change.ts'

/** Refreshes the rows that were derived by another version of this code, or with another setting. */
export async function refreshOutdated(sql: Sql, previewBaseUrl: string, logger: Logger): Promise<void> {
  const ids = await outdatedArticles(sql, previewBaseUrl)
  for (const id of ids) {
    await applyChange(sql, id, (transaction) => refreshArticle(transaction, id, previewBaseUrl))
  }
  if (ids.length > 0) logger.info({ articles: ids.length }, 'rows of the lists refreshed')
}
