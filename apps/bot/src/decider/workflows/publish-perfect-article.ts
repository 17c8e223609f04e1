import { DeliveryData } from '@continuum/messages'
import { workflow } from '@continuum/workflow-core'
import { Type } from 'typebox'
import { decisionPriorities } from '../../activities/priority.ts'
import type { Run } from '../../activities/article-run.ts'
import { checkPackage, compareDelivery, expandArticle, versionLookup } from '../../activities/arrival.ts'
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
import { allDone, withFailureReport } from './report-failures.ts'
import { retryWhileBusy } from './retry-while-busy.ts'

const uses = {
  compareDelivery,
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

const advice = 'Once the cause is fixed, rerun it on the dashboard.'

/** Thrown when the publication that a delivery waited for failed; the failed step is already on the dashboard. */
class PublicationFailure extends Error {
  override readonly name = 'PublicationFailure'
}

/**
 * Takes a delivered package to an article that is ready to publish: stored in lax and on the site, public on neither.
 *
 * Requests the publication itself if a rule says so, and stays open until that has ended: the next delivery of the same
 * article finds it published. A delivery of the same files as the run before it makes no version.
 */
export const publishPerfectArticle = definePublishPerfectArticle('4')

/** The versions of executions that started before version 4. Nothing starts them any more. */
export const publishPerfectArticle3 = definePublishPerfectArticle('3')
export const publishPerfectArticle2 = definePublishPerfectArticle('2')
export const publishPerfectArticle1 = definePublishPerfectArticle('1')

function definePublishPerfectArticle(workflowVersion: '1' | '2' | '3' | '4') {
  return workflow(
    {
      name: 'PublishPerfectArticle',
      version: workflowVersion,
      input: Type.Object({ ...DeliveryData.properties, article_id: Type.String(), run: Type.String() }),
      output: Type.Object({ version: Type.Integer(), published: Type.Boolean() }),
      timeout: '7d',
      priority: decisionPriorities.delivery,
      uses,
      signals: { publicationEnded: PublicationEnded },
    },
    async (ctx, { article_id: articleId, run, ...delivery }) => {
      let known: Run = { articleId, version: 0, run }
      return withFailureReport(
        uses,
        (failed) => ctx.reportFailure({ ...known, ...failed, publishing: false, advice }),
        async () => {
          if (workflowVersion === '3' || workflowVersion === '4') {
            const { sameAs } = await ctx.compareDelivery({ ...known, delivery })
            if (sameAs) return { version: sameAs.version, published: false }
          }
          const { version } = await ctx.versionLookup({ ...known, fileName: delivery.file_name })
          known = { articleId, version, run }
          const article = await ctx.expandArticle({ ...known, delivery })
          const checked = ctx.checkPackage(article)
          // The files are made while the XML is checked, converted and stored. Until version 4 all of it waited for the check,
          // and storing it for the files; version 1 also processed the XML before the files.
          const isBesideFiles = workflowVersion === '4'
          if (!isBesideFiles) await checked
          const convert = () => ctx.convertJats(article).then(() => ctx.setPublicationStatus(article))
          const converted = isBesideFiles ? checked.then(convert) : convert()
          if (workflowVersion === '1') await converted
          const stored = isBesideFiles ? converted.then(() => ctx.ingestToLax(article)) : converted
          await allDone([stored, ctx.resizeImages(article), ctx.stageAssets(article)])
          const { automatic } = await converted
          if (!isBesideFiles) await ctx.ingestToLax(article)
          await retryWhileBusy(ctx, 'PostToSite', (again, options) => ctx.postEif({ ...article, ...again }, options))
          if (!automatic) {
            await ctx.markReadyToPublish(article)
            return { version: article.version, published: false }
          }
          await ctx.requestPublication({ ...article, heldBy: ctx.execution.workflowId })
          const { failure, waitsUntil } = await publicationOf(() => ctx.signal('publicationEnded'), run)
          if (failure) throw new PublicationFailure(`${failure.activity}: ${failure.message}`)
          return { version: article.version, published: waitsUntil === undefined }
        },
      )
    },
  )
}

/** Waits for the end of this run's publication; a late signal of an earlier run's is ignored. */
async function publicationOf(signal: () => Promise<PublicationEnded>, run: string): Promise<PublicationEnded> {
  for (;;) {
    const ended = await signal()
    if (ended.run === run) return ended
  }
}
