import type { DeliveryData, StarterMessage } from '@continuum/messages'
import type { Sql } from 'postgres'
import { judgeRerun } from '../derive/rules/rerunnable.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertRequest } from '../store/requests.ts'
import type { Requester, RequestResult } from './request-publication.ts'

/**
 * Requests that a run's package is run again, as a new run. The request is stored with its author, time and result; the
 * outbox sends it if accepted.
 */
export async function requestRerun(sql: Sql, id: string, run: string, requester: Requester): Promise<RequestResult> {
  return applyChange(sql, id, async (transaction) => {
    const known = await loadArticle(transaction, id)
    const verdict = judgeRerun(known?.article, known?.requests ?? [], run)
    const now = Temporal.Now.instant()
    const { version } = verdict
    const answer: RequestResult = verdict.allowed
      ? { id, version, run, result: 'queued', reason: '' }
      : { id, version, run, result: 'error', reason: verdict.reason }
    await insertRequest(transaction, {
      kind: 'run again',
      article: id,
      version,
      run,
      result: answer.result === 'queued' ? 'queued' : 'error',
      reason: answer.reason,
      batch: requester.batch,
      by: requester.by,
      why: requester.why,
      at: now.epochMilliseconds,
      forced: false,
      ...(verdict.allowed && { message: deliveryMessage(verdict.delivery, now) }),
    })
    await refreshArticle(transaction, id, requester.previewBaseUrl)
    return answer
  })
}

/** Creates the message that delivers a package. Its time makes it a new run, and identifies the run as the requested one. */
function deliveryMessage(
  {
    bucket_name,
    file_name,
    file_etag,
    file_size = 0,
  }: Pick<DeliveryData, 'bucket_name' | 'file_name' | 'file_etag'> & {
    file_size?: number | undefined
  },
  now: Temporal.Instant,
): StarterMessage {
  const data: DeliveryData = {
    event_name: 'ObjectCreated:Put',
    event_time: now.toString({ smallestUnit: 'millisecond' }),
    bucket_name,
    file_name,
    file_etag,
    file_size,
    rerun: true,
  }
  return { workflow_name: 'PublishPerfectArticle', workflow_data: data }
}
