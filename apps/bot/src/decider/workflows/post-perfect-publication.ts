import { FollowOnData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { archiveArticle, endPostPublication } from '../../activities/publication.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { withFailureReport } from './report-failures.ts'

const uses = { archiveArticle, endPostPublication, reportFailure }

const advice = 'The article is published; an operator must rerun post-publication.'

/** Follows a publication: archives the package as it was published. */
export const postPerfectPublication = workflow(
  { name: 'PostPerfectPublication', version: '1', input: FollowOnData, output: Type.Void(), timeout: '7d', uses },
  async (ctx, { article_id: articleId, version, run, expanded_folder: folder, update_date: published }) => {
    const subject = { articleId, version: Number(version), run }
    await withFailureReport(
      uses,
      (failed) => ctx.reportFailure({ ...subject, ...failed, publishing: false, advice }),
      async () => {
        await ctx.archiveArticle({ ...subject, folder, published })
        await ctx.endPostPublication(subject)
      },
    )
  },
)
