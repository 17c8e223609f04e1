import { DismissalData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { decisionPriorities } from '../../activities/priority.ts'
import { forgetDelivery } from '../../activities/arrival.ts'

/** Follows the dismissal of a run on the dashboard: its package, delivered again, is run again. */
export const dismissArticleRun = workflow(
  {
    name: 'DismissArticleRun',
    version: '1',
    input: DismissalData,
    output: Type.Void(),
    timeout: '1d',
    priority: decisionPriorities.request,
    uses: { forgetDelivery },
  },
  (ctx, { article_id: articleId, version, run }) => ctx.forgetDelivery({ articleId, version: Number(version), run }),
)
