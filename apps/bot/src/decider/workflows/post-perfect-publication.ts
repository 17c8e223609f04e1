import { FollowOnData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { decisionPriorities } from '../../activities/priority.ts'
import { archiveArticle, endPostPublication, planDeposits } from '../../activities/publication.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { withFailureReport } from './report-failures.ts'

const uses = { archiveArticle, planDeposits, endPostPublication, reportFailure }

const advice = 'The article is published; an operator must rerun post-publication.'

/** Follows a publication: archives the package as it was published, and plans who gets it. */
export const postPerfectPublication = definePostPerfectPublication('2')

/** The version of executions that started before version 2, which planned no deposits. Nothing starts it any more. */
export const postPerfectPublication1 = definePostPerfectPublication('1')

function definePostPerfectPublication(workflowVersion: '1' | '2') {
  return workflow(
    {
      name: 'PostPerfectPublication',
      version: workflowVersion,
      input: FollowOnData,
      output: Type.Void(),
      timeout: '7d',
      priority: decisionPriorities.postPublication,
      uses,
    },
    async (ctx, { article_id: articleId, version, run, expanded_folder: folder, update_date: published }) => {
      const subject = { articleId, version: Number(version), run }
      await withFailureReport(
        uses,
        (failed) => ctx.reportFailure({ ...subject, ...failed, publishing: false, advice }),
        async () => {
          await ctx.archiveArticle({ ...subject, folder, published })
          if (workflowVersion === '2') await ctx.planDeposits({ ...subject, folder, published })
          await ctx.endPostPublication(subject)
        },
      )
    },
  )
}
