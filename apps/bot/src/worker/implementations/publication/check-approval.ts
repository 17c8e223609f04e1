import { decodePublicationData, FollowOnData } from '@continuum/messages'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { Value } from 'typebox/value'
import type { Run } from '../../../activities/article-run.ts'
import { checkApproval } from '../../../activities/publication.ts'
import { readManifest } from '../../run/manifest.ts'
import { folderOf } from '../../run/keys.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Thrown when an approval names one run and its continuation another: nobody has looked at what would be published. */
export class ApprovalMismatch extends PermanentFailure {}

/**
 * The approval's run must be the one of its continuation, unpacked, and the one that lax would publish: an older one
 * was replaced by a newer delivery.
 */
export function implementCheckApproval({ s3, buckets, lax, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, checkApproval, async ({ publicationData, ...approved }, { signal }) => {
    checkContinuation(approved, decodePublicationData(publicationData).workflow_data)
    const { article } = await readManifest(s3, buckets.expanded, folderOf(approved), signal)
    await lax.publish(article, { resupplied: article.resupplied, dryRun: true }, signal)
    return { output: article, message: `Version ${article.version} can be published.` }
  })
}

function checkContinuation({ articleId, version, run }: Run, data: unknown): void {
  if (!Value.Check(FollowOnData, data)) {
    throw new ApprovalMismatch(
      'The publication data of this approval is not complete. Put the package in the bucket again.',
    )
  }
  if (data.article_id === articleId && Number(data.version) === version && data.run === run) return
  throw new ApprovalMismatch(
    `The approval is of ${articleId} version ${version}, run ${run}, but its publication data is of ` +
      `${data.article_id} version ${data.version}, run ${data.run}. Preview the newest run and publish that.`,
  )
}
