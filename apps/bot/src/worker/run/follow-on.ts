import type { Journal } from '@continuum/article'
import type { FollowOnData, StarterMessage } from '@continuum/messages'
import type { ArticleRun } from '../../activities/article-run.ts'
import { eifKey } from './keys.ts'

/**
 * Builds the message that starts PostPerfectPublication.
 * @param date the instant in the archive's name; before the publication it is a placeholder
 */
export function followOn(journal: Journal, article: ArticleRun, date: string): StarterMessage {
  const { articleId, version, run, folder, status, updated } = article
  const data: FollowOnData = {
    article_id: articleId,
    version: String(version),
    run,
    expanded_folder: folder,
    status,
    update_date: updated ?? date,
    eif_location: eifKey(journal, article),
  }
  return { workflow_name: 'PostPerfectPublication', workflow_data: data }
}
