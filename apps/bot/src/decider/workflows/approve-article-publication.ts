import { ApprovalData } from '@continuum/messages'
import { ActivityFailure, workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import {
  publishOnSite,
  checkApproval,
  publishAssets,
  publishToLax,
  startPostPublication,
  signalDelivery,
} from '../../activities/publication.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { patiently } from './patiently.ts'
import { reported } from './reported.ts'

const uses = {
  checkApproval,
  publishAssets,
  publishOnSite,
  publishToLax,
  startPostPublication,
  signalDelivery,
  reportFailure,
}

const advice = 'When the cause is gone, publish it again.'

/**
 * Makes a run public that a person or a rule has approved: files first, then the site, then lax, so that no page is
 * public before what it shows. Whatever the outcome, a delivery that waits for it is told.
 */
export const approveArticlePublication = workflow(
  {
    name: 'ApproveArticlePublication',
    version: '1',
    input: ApprovalData,
    output: Type.Object({ published: Type.String() }),
    timeout: '7d',
    uses,
  },
  async (ctx, { article_id: articleId, version, run, publication_data: publicationData, held_by: heldBy }) => {
    const approved = { articleId, version: Number(version), run }
    let publishing = false
    const publish = async () => {
      const article = await ctx.checkApproval({ ...approved, publicationData })
      publishing = true
      await ctx.publishAssets(article)
      await patiently(ctx, 'ApprovePublication', (again, options) =>
        ctx.publishOnSite({ ...article, ...again }, options),
      )
      const { published } = await ctx.publishToLax(article)
      await ctx.startPostPublication({ ...article, published })
      return { published }
    }
    const publication = await settled(
      reported(uses, (failed) => ctx.reportFailure({ ...approved, ...failed, publishing, advice }), publish),
    )
    if (heldBy !== undefined) {
      const { failure } = publication
      const ended = failure ? { run, failure: { activity: failure.activity, message: failure.message } } : { run }
      await ctx.signalDelivery({ workflowId: heldBy, ended })
    }
    if (publication.failure) throw publication.failure
    return publication.output
  },
)

type Settled<Output> = { output: Output; failure?: undefined } | { failure: ActivityFailure }

/** A step's failure as a value; anything else that is thrown is no outcome of a publication. */
async function settled<Output>(steps: Promise<Output>): Promise<Settled<Output>> {
  try {
    return { output: await steps }
  } catch (error) {
    if (error instanceof ActivityFailure) return { failure: error }
    throw error
  }
}
