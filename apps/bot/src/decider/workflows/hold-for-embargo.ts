import { EmbargoData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { decisionPriorities } from '../../activities/priority.ts'
import { resumeApproval } from '../../activities/publication.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { withFailureReport } from './report-failures.ts'

const uses = { resumeApproval, reportFailure }

/**
 * Waits for the date of publication of an approved version, and then requests the publication again. It is beside the article's
 * own execution, so that a correction can be delivered meanwhile; what is then no longer the newest run is refused.
 */
export const holdForEmbargo = workflow(
  {
    name: 'HoldForEmbargo',
    version: '1',
    input: EmbargoData,
    output: Type.Void(),
    timeout: '365d',
    priority: decisionPriorities.publication,
    uses,
  },
  async (ctx, { seconds, approval }) => {
    const { article_id: articleId, version, run } = approval
    const approved = { articleId, version: Number(version), run }
    const advice = 'Publish it again.'
    await ctx.sleep(`${seconds}s`)
    await withFailureReport(
      uses,
      (failed) => ctx.reportFailure({ ...approved, ...failed, publishing: false, advice }),
      () => ctx.resumeApproval({ ...approved, approval }),
    )
  },
)
