import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import { outdatedArticles, refreshArticle } from './article-rows.ts'
import { applyChange } from '../store/apply-change.ts'

/** Makes anew the rows that another version of this code, or another setting, derived. */
export async function refreshOutdated(sql: Sql, previewBaseUrl: string, logger: Logger): Promise<void> {
  const ids = await outdatedArticles(sql, previewBaseUrl)
  for (const id of ids) {
    await applyChange(sql, id, (transaction) => refreshArticle(transaction, id, previewBaseUrl))
  }
  if (ids.length > 0) logger.info({ articles: ids.length }, 'the rows of the lists were made anew')
}
