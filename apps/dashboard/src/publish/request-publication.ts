import type { Sql, TransactionSql } from 'postgres'
import { judgePublication } from '../derive/rules/publishable.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertRequest } from '../store/requests.ts'
import { approvalMessage } from './outbox.ts'

/** The run to publish. Without a version it is the highest one; without a run it is the version's latest one. */
export interface PublicationRequest {
  id: string
  version?: string | number | undefined
  run?: string | undefined
  force?: boolean | undefined
}

/** The author of a request, and the batch that it belongs to. */
export interface Requester {
  by: string
  /** The reason that the author gives. */
  why?: string | undefined
  batch: string
  previewBaseUrl: string
  /** The publication is sent this many seconds later, and can be taken back until then. */
  holdSeconds?: number | undefined
}

/** The result of a request: accepted and stored, or refused for a reason. */
export interface RequestResult {
  id: string
  version: number | null
  run: string | null
  result: 'queued' | 'error'
  reason: string
}

/** Requests a publication. The request is stored with its author, time and result; the outbox sends it if accepted. */
export async function requestPublication(
  sql: Sql,
  wanted: PublicationRequest,
  requester: Requester,
): Promise<RequestResult> {
  return applyChange(sql, wanted.id, (transaction) => requestWithin(transaction, wanted, requester))
}

/** Requests a publication within a transaction of the caller's (see `applyChange`). */
export async function requestWithin(
  sql: TransactionSql,
  wanted: PublicationRequest,
  requester: Requester,
): Promise<RequestResult> {
  const known = await loadArticle(sql, wanted.id)
  const verdict = judgePublication(known?.article, known?.requests ?? [], {
    ...(wanted.version !== undefined && { version: Number(wanted.version) }),
    ...(wanted.run !== undefined && { run: wanted.run }),
    force: wanted.force === true,
  })
  const { version, run } = verdict
  const answer: RequestResult = verdict.allowed
    ? { id: wanted.id, version, run, result: 'queued', reason: '' }
    : { id: wanted.id, version, run, result: 'error', reason: verdict.reason }
  await insertRequest(sql, {
    kind: 'publish',
    article: wanted.id,
    version,
    run,
    result: answer.result,
    reason: answer.reason,
    batch: requester.batch,
    by: requester.by,
    why: requester.why,
    forced: wanted.force === true,
    ...(verdict.allowed && {
      holdSeconds: requester.holdSeconds,
      message: approvalMessage({
        article_id: wanted.id,
        version: wanted.version ?? verdict.version,
        run: verdict.run,
        publication_data: verdict.publicationData,
      }),
    }),
  })
  if (verdict.allowed) await refreshArticle(sql, wanted.id, requester.previewBaseUrl)
  return answer
}
