import { ApprovalData } from '@continuum/messages'
import { ActivityFailure, workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { decisionPriorities } from '../../activities/priority.ts'
import {
  publishOnSite,
  checkApproval,
  holdPublication,
  publishAssets,
  publishToLax,
  startPostPublication,
  signalDelivery,
} from '../../activities/publication.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { withFailureReport } from './report-failures.ts'
import { retryWhileBusy } from './retry-while-busy.ts'

const uses = {
  checkApproval,
  holdPublication,
  publishAssets,
  publishOnSite,
  publishToLax,
  startPostPublication,
  signalDelivery,
  reportFailure,
}

const advice = 'Once the cause is fixed, publish it again.'

/**
 * Publishes a run that an editor or a rule has approved: files first, then the site, then lax, so that no page is public
 * before the files that it shows. One whose date of publication is still to come waits for it, and nothing of it is copied. Whatever the outcome, a delivery that waits for it receives a signal.
 */
export const approveArticlePublication = workflow(
  {
    name: 'ApproveArticlePublication',
    version: '1',
    input: ApprovalData,
    output: Type.Object({ published: Type.Optional(Type.String()), waitsUntil: Type.Optional(Type.String()) }),
    timeout: '7d',
    priority: decisionPriorities.publication,
    uses,
  },
  async (ctx, { article_id: articleId, version, run, publication_data: publicationData, held_by: heldBy }) => {
    const approved = { articleId, version: Number(version), run }
    let publishing = false
    const publish = async (): Promise<{ published?: string; waitsUntil?: string }> => {
      const { embargo, ...article } = await ctx.checkApproval({ ...approved, publicationData })
      if (embargo) {
        await ctx.holdPublication({ ...approved, publicationData, embargo })
        return { waitsUntil: embargo.until }
      }
      publishing = true
      await ctx.publishAssets(article)
      await retryWhileBusy(ctx, 'ApprovePublication', (again, options) =>
        ctx.publishOnSite({ ...article, ...again }, options),
      )
      const { published } = await ctx.publishToLax(article)
      await ctx.startPostPublication({ ...article, published })
      return { published }
    }
    const publication = await settled(
      withFailureReport(uses, (failed) => ctx.reportFailure({ ...approved, ...failed, publishing, advice }), publish),
    )
    if (heldBy !== undefined) {
      const { failure, output: { waitsUntil } = {} } = publication
      const waiting = waitsUntil === undefined ? { run } : { run, waitsUntil }
      const ended = failure ? { run, failure: { activity: failure.activity, message: failure.message } } : waiting
      await ctx.signalDelivery({ workflowId: heldBy, ended })
    }
    if (publication.failure) throw publication.failure
    return publication.output
  },
)

type Settled<Output> = { output: Output; failure?: undefined } | { output?: undefined; failure: ActivityFailure }

/** Turns the failure of a step into a value; any other error is not an outcome of a publication, and is thrown. */
async function settled<Output>(steps: Promise<Output>): Promise<Settled<Output>> {
  try {
    return { output: await steps }
  } catch (error) {
    if (error instanceof ActivityFailure) return { failure: error }
    throw error
  }
}
