import { DeliveryData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import type { Run } from '../activities/article-run.ts'
import { checkPackage } from '../activities/check-package.ts'
import { convertImages } from '../activities/convert-images.ts'
import { depositAssets } from '../activities/deposit-assets.ts'
import { describeArticle } from '../activities/describe-article.ts'
import { expandArticle } from '../activities/expand-article.ts'
import { holdForApproval } from '../activities/hold-for-approval.ts'
import { ingestToLax } from '../activities/ingest-to-lax.ts'
import { postToSite } from '../activities/post-to-site.ts'
import { PublicationEnded } from '../activities/publication-ended.ts'
import { reportFailure } from '../activities/report-failure.ts'
import { requestApproval } from '../activities/request-approval.ts'
import { setPublicationStatus } from '../activities/set-publication-status.ts'
import { versionLookup } from '../activities/version-lookup.ts'
import { patiently } from './patiently.ts'
import { reported, together } from './reported.ts'

const uses = {
  versionLookup,
  expandArticle,
  checkPackage,
  describeArticle,
  setPublicationStatus,
  convertImages,
  depositAssets,
  ingestToLax,
  postToSite,
  holdForApproval,
  requestApproval,
  reportFailure,
}

const advice = 'When the cause is gone, run it again on the dashboard.'

/** Thrown when the publication that a delivery waited for failed; what failed in it is already on the dashboard. */
class PublicationFailed extends Error {
  override readonly name = 'PublicationFailed'
}

/**
 * From a delivered package to an article that is ready to publish: stored by lax and by the site, and public on neither.
 *
 * Where a rule says so it asks for the publication itself and stays open until that has ended, so that the next
 * delivery of the same article finds it published.
 */
export const publishPerfectArticle = procedure('2')

/** For executions that began with it. Nothing starts it any more. */
export const publishPerfectArticle1 = procedure('1')

function procedure(order: '1' | '2') {
  return workflow(
    {
      name: 'PublishPerfectArticle',
      version: order,
      input: Type.Object({ ...DeliveryData.properties, article_id: Type.String(), run: Type.String() }),
      output: Type.Object({ version: Type.Integer(), published: Type.Boolean() }),
      timeout: '7d',
      uses,
      signals: { publicationEnded: PublicationEnded },
    },
    async (ctx, { article_id: articleId, run, ...delivery }) => {
      let known: Run = { articleId, version: 0, run }
      return reported(
        uses,
        (failed) => ctx.reportFailure({ ...known, ...failed, publishing: false, advice }),
        async () => {
          const { version } = await ctx.versionLookup({ ...known, fileName: delivery.file_name })
          known = { articleId, version, run }
          const article = await ctx.expandArticle({ ...known, delivery })
          await ctx.checkPackage(article)
          // What the XML says and what is made of the files do not need each other. Version 1 found out the one first.
          const described = ctx.describeArticle(article).then(() => ctx.setPublicationStatus(article))
          if (order === '1') await described
          await together([described, ctx.convertImages(article), ctx.depositAssets(article)])
          const { automatic } = await described
          await ctx.ingestToLax(article)
          await patiently(ctx, 'PostToSite', (again, options) => ctx.postToSite({ ...article, ...again }, options))
          if (!automatic) {
            await ctx.holdForApproval(article)
            return { version: article.version, published: false }
          }
          await ctx.requestApproval({ ...article, heldBy: ctx.execution.workflowId })
          const failure = await publication(() => ctx.signal('publicationEnded'), run)
          if (failure) throw new PublicationFailed(`${failure.activity}: ${failure.message}`)
          return { version: article.version, published: true }
        },
      )
    },
  )
}

/** The end of this run's publication; an earlier run's, late, is not it. */
async function publication(signal: () => Promise<PublicationEnded>, run: string): Promise<PublicationEnded['failure']> {
  for (;;) {
    const ended = await signal()
    if (ended.run === run) return ended.failure
  }
}
