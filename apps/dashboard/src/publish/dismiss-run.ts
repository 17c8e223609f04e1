import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { judgeDismissal, judgeRestoration, runOf, type ActVerdict } from '../derive/rules/dismissible.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { dismissalMessage } from './outbox.ts'
import { insertRequest } from '../store/requests.ts'

/**
 * Takes a run that has ended off the lists, or restores it, and stores who did so and why. A refused request changes
 * nothing.
 */
export async function dismissRun(
  sql: Sql,
  ref: { id: string; version: number; run: string },
  restore: boolean,
  requester: { by: string; why?: string | undefined; batch?: string; previewBaseUrl: string },
): Promise<ActVerdict> {
  const { id, version, run: runId } = ref
  return applyChange(sql, id, async (transaction) => {
    const known = await loadArticle(transaction, id)
    const run = runOf(known?.article, { version, run: runId })
    const requests = known?.requests ?? []
    const verdict = restore ? judgeRestoration(run, requests) : judgeDismissal(run, requests)
    if (!verdict.allowed) return verdict
    await insertRequest(transaction, {
      kind: restore ? 'take back' : 'set aside',
      article: id,
      version,
      run: runId,
      result: 'done',
      reason: '',
      batch: requester.batch ?? randomUUID(),
      by: requester.by,
      why: requester.why,
      forced: false,
      ...(!restore && { message: dismissalMessage({ article_id: id, version, run: runId }) }),
    })
    await refreshArticle(transaction, id, requester.previewBaseUrl)
    return verdict
  })
}
