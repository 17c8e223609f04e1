import { encodePublicationData, type ApprovalData } from '@continuum/messages'
import type { Implementation } from '@continuum/workflow-core'
import { requestPublication } from '../../../activities/preparation.ts'
import { followOn } from '../../run/follow-on.ts'
import { rememberDelivery } from '../../run/last-delivery.ts'
import { journalOf } from '../../run/journal-of.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Sends the message by which an editor's publication would start as well. */
export function implementRequestPublication({
  journals,
  requestWorkflow,
  tellDashboard,
  s3,
  buckets,
}: Tools): Implementation {
  return implementStep(
    tellDashboard,
    requestPublication,
    async ({ heldBy, ...article }, { property, tellNow, signal }) => {
      const now = Temporal.Now.instant().toString({ smallestUnit: 'second' })
      const approval: ApprovalData = {
        article_id: article.articleId,
        version: String(article.version),
        run: article.run,
        publication_data: encodePublicationData(followOn(journalOf(journals, article.journal), article, now)),
        held_by: heldBy,
      }
      // So that a person can publish it again if the publication fails.
      property('_publication-data', approval.publication_data)
      await tellNow()
      await rememberDelivery({ s3, buckets }, article, signal)
      await requestWorkflow({ workflow_name: 'ApproveArticlePublication', workflow_data: approval })
      return { output: undefined, message: 'Publication requested, as the rules say.' }
    },
  )
}
