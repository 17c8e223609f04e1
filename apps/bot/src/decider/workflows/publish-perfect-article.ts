import { DeliveryData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import type { Run } from '../../activities/article-run.ts'
import { checkPackage, expandArticle, versionLookup } from '../../activities/arrival.ts'
import {
  resizeImages,
  stageAssets,
  convertJats,
  markReadyToPublish,
  ingestToLax,
  postEif,
  requestPublication,
  setPublicationStatus,
} from '../../activities/preparation.ts'
import { PublicationEnded } from '../../activities/publication.ts'
import { reportFailure } from '../../activities/report-failure.ts'
import { patiently } from './patiently.ts'
import { reported, together } from './reported.ts'

const uses = {
  versionLookup,
  expandArticle,
  checkPackage,
  convertJats,
  setPublicationStatus,
  resizeImages,
  stageAssets,
  ingestToLax,
  postEif,
  markReadyToPublish,
  requestPublication,
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
          const described = ctx.convertJats(article).then(() => ctx.setPublicationStatus(article))
          if (order === '1') await described
          await together([described, ctx.resizeImages(article), ctx.stageAssets(article)])
          const { automatic } = await described
          await ctx.ingestToLax(article)
          await patiently(ctx, 'PostToSite', (again, options) => ctx.postEif({ ...article, ...again }, options))
          if (!automatic) {
            await ctx.markReadyToPublish(article)
            return { version: article.version, published: false }
          }
          await ctx.requestPublication({ ...article, heldBy: ctx.execution.workflowId })
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
