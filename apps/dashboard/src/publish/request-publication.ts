import type { Sql, TransactionSql } from 'postgres'
import { judgePublication } from '../derive/rules/publishable.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertRequest } from '../store/requests.ts'
import { approvalMessage } from './outbox.ts'

/** A publication to be asked for; absent parts mean the highest version and its latest run. */
export interface Asked {
  id: string
  version?: string | number | undefined
  run?: string | undefined
  force?: boolean | undefined
}

/** Who asks, and in which go. */
export interface Asking {
  by: string
  batch: string
  previewBaseUrl: string
}

/** What came of it: it is kept and will be sent, or it is refused for a reason. */
export interface Answer {
  id: string
  version: number | null
  run: string | null
  result: 'queued' | 'error'
  reason: string
}

/**
 * Asks for a publication: judges whether it may be, and keeps who asked, when, and what came of it. What is accepted is
 * sent by the outbox.
 */
export async function requestPublication(sql: Sql, asked: Asked, asking: Asking): Promise<Answer> {
  return applyChange(sql, asked.id, (transaction) => requestWithin(transaction, asked, asking))
}

/** The same, in a transaction of the caller's (see `applyChange`). */
export async function requestWithin(sql: TransactionSql, asked: Asked, asking: Asking): Promise<Answer> {
  const known = await loadArticle(sql, asked.id)
  const verdict = judgePublication(known?.article, known?.requests ?? [], {
    ...(asked.version !== undefined && { version: Number(asked.version) }),
    ...(asked.run !== undefined && { run: asked.run }),
    force: asked.force === true,
  })
  const { version, run } = verdict
  const answer: Answer = verdict.allowed
    ? { id: asked.id, version, run, result: 'queued', reason: '' }
    : { id: asked.id, version, run, result: 'error', reason: verdict.reason }
  await insertRequest(sql, {
    kind: 'publish',
    article: asked.id,
    version,
    run,
    result: answer.result,
    reason: answer.reason,
    batch: asking.batch,
    by: asking.by,
    forced: asked.force === true,
    ...(verdict.allowed && {
      message: approvalMessage({
        article_id: asked.id,
        version: asked.version ?? verdict.version,
        run: verdict.run,
        publication_data: verdict.publicationData,
      }),
    }),
  })
  if (verdict.allowed) await refreshArticle(sql, asked.id, asking.previewBaseUrl)
  return answer
}
