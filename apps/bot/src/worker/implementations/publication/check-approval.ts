import { decodePublicationData, FollowOnData } from '@continuum/messages'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { Value } from 'typebox/value'
import { folderOf, importedDate, type Run } from '../../../activities/article-run.ts'
import { checkApproval } from '../../../activities/publication.ts'
import { readManifest } from '../../run/manifest.ts'
import { EmbargoedFailure } from '../../services/lax.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Thrown when an approval names one run and its publication data another: nobody has reviewed what would be published. */
export class ApprovalMismatchFailure extends PermanentFailure {}

/**
 * Checks that the approval's run is the one in its publication data, that it is unpacked, and that lax would publish
 * it: an older run was replaced by a newer delivery.
 */
export function implementCheckApproval({ s3, buckets, lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, checkApproval, async ({ publicationData, ...approved }, { signal }) => {
    checkSameRun(approved, decodePublicationData(publicationData).workflow_data)
    const { article } = await readManifest(s3, buckets.expanded, folderOf(approved), signal)
    try {
      const options = { resupplied: article.resupplied, dryRun: true, date: importedDate(article) }
      await lax.publish(article, options, signal)
    } catch (error) {
      if (!(error instanceof EmbargoedFailure)) throw error
      const { until } = error
      const embargo = { until, seconds: secondsUntil(until) }
      return { output: { ...article, embargo }, message: `Version ${article.version} may be published on ${until}.` }
    }
    return { output: article, message: `Version ${article.version} can be published.` }
  })
}

/** An execution lasts a year at most. */
const maxSeconds = 300 * 24 * 60 * 60

/** Rounded up; lax is the judge of the date, and whoever comes too early waits again. */
function secondsUntil(until: string): number {
  const seconds = Math.ceil(Temporal.Instant.from(until).since(Temporal.Now.instant()).total('seconds'))
  return Math.min(Math.max(1, seconds), maxSeconds)
}

function checkSameRun({ articleId, version, run }: Run, data: unknown): void {
  if (!Value.Check(FollowOnData, data)) {
    throw new ApprovalMismatchFailure(
      'The publication data of this approval is incomplete. Put the package in the bucket again.',
    )
  }
  if (data.article_id === articleId && Number(data.version) === version && data.run === run) return
  throw new ApprovalMismatchFailure(
    `The approval is for ${articleId} version ${version}, run ${run}, but its publication data is for ` +
      `${data.article_id} version ${data.version}, run ${data.run}. Preview the latest run and publish that one.`,
  )
}
