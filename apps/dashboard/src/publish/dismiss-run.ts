import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { dismissalOf, isDismissible, runStateOf } from '../derive/rules/run-state.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { dismissalMessage } from './outbox.ts'
import { insertRequest } from '../store/requests.ts'

/**
 * Takes a run that has ended off the lists, or restores it, and stores who did so. A run that is still in progress stays
 * as it is.
 */
export async function dismissRun(
  sql: Sql,
  ref: { id: string; version: number; run: string },
  restore: boolean,
  requester: { by: string; why?: string | undefined; previewBaseUrl: string },
): Promise<void> {
  const { id, version, run: runId } = ref
  await applyChange(sql, id, async (transaction) => {
    const known = await loadArticle(transaction, id)
    const run = known?.article.versions.find(({ number }) => number === version)?.runs.find((one) => one.id === runId)
    if (!known || !run) return
    const state = runStateOf(run, known.requests)
    const possible = restore ? dismissalOf(run, known.requests) !== undefined : isDismissible(state)
    if (!possible) return
    await insertRequest(transaction, {
      kind: restore ? 'take back' : 'set aside',
      article: id,
      version,
      run: runId,
      result: 'done',
      reason: '',
      batch: randomUUID(),
      by: requester.by,
      why: requester.why,
      forced: false,
      ...(!restore && { message: dismissalMessage({ article_id: id, version, run: runId }) }),
    })
    await refreshArticle(transaction, id, requester.previewBaseUrl)
  })
}
