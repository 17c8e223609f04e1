import type { DeliveryData, StarterMessage } from '@continuum/messages'
import type { Sql } from 'postgres'
import { judgeRerun } from '../derive/rules/rerunnable.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertRequest } from '../store/requests.ts'
import type { Answer, Asking } from './request-publication.ts'

/**
 * Asks for a run's package to be delivered once more, as a new run: judges whether it may be, and keeps who asked, when,
 * and what came of it. What is accepted is sent by the outbox.
 *
 * @param run the run that has come to nothing
 */
export async function requestRerun(sql: Sql, id: string, run: string, asking: Asking): Promise<Answer> {
  return applyChange(sql, id, async (transaction) => {
    const known = await loadArticle(transaction, id)
    const verdict = judgeRerun(known?.article, known?.requests ?? [], run)
    const now = Temporal.Now.instant()
    const { version } = verdict
    const answer: Answer = verdict.allowed
      ? { id, version, run, result: 'queued', reason: '' }
      : { id, version, run, result: 'error', reason: verdict.reason }
    await insertRequest(transaction, {
      kind: 'run again',
      article: id,
      version,
      run,
      result: answer.result === 'queued' ? 'queued' : 'error',
      reason: answer.reason,
      batch: asking.batch,
      by: asking.by,
      at: now.epochMilliseconds,
      forced: false,
      ...(verdict.allowed && { message: deliveryMessage(verdict.delivery, now) }),
    })
    await refreshArticle(transaction, id, asking.previewBaseUrl)
    return answer
  })
}

/** The message by which a package is delivered; its moment makes it a run of its own, and known again as the one asked for. */
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
  }
  return { workflow_name: 'PublishPerfectArticle', workflow_data: data }
}
