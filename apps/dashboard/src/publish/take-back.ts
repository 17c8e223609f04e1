import type { Sql } from 'postgres'
import { refreshArticle } from '../project/article-rows.ts'
import { recordActivity } from '../store/activity.ts'
import { applyChange } from '../store/apply-change.ts'
import { articlesHeld, cancelHeld } from '../store/requests.ts'

/** A publication can be taken back for this long. It is sent afterwards, by whichever process comes first. */
export const holdSeconds = 10

/**
 * Takes the publications of a batch back that are not sent yet: their runs are ready again. One that is sent is not touched.
 *
 * @returns the number of publications that will not happen
 */
export async function takeBack(
  sql: Sql,
  batch: string,
  { by, previewBaseUrl }: { by: string; previewBaseUrl: string },
): Promise<number> {
  let count = 0
  for (const article of await articlesHeld(sql, batch)) {
    count += await applyChange(sql, article, async (transaction) => {
      const cancelled = await cancelHeld(transaction, batch, article)
      for (const { version, run } of cancelled)
        await recordActivity(transaction, { by, action: 'take back request', article, version, run })
      await refreshArticle(transaction, article, previewBaseUrl)
      return cancelled.length
    })
  }
  return count
}
