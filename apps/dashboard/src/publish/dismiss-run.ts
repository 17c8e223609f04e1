import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { dismissalOf, runStateOf } from '../derive/rules/run-state.ts'
import { loadArticle, refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertRequest } from '../store/requests.ts'

/**
 * Takes a run that has ended off the lists, or puts it back, and keeps who did so; nothing is sent. One that cannot be
 * set aside, for more is still to come of it, stays as it is.
 */
export async function dismissRun(
  sql: Sql,
  of: { id: string; version: number; run: string },
  back: boolean,
  doing: { by: string; previewBaseUrl: string },
): Promise<void> {
  const { id, version, run: runId } = of
  await applyChange(sql, id, async (transaction) => {
    const known = await loadArticle(transaction, id)
    const run = known?.article.versions.find(({ number }) => number === version)?.runs.find((one) => one.id === runId)
    if (!known || !run) return
    const state = runStateOf(run, known.requests)
    const possible = back ? dismissalOf(run, known.requests) !== undefined : isDismissible(state)
    if (!possible) return
    await insertRequest(transaction, {
      kind: back ? 'take back' : 'set aside',
      article: id,
      version,
      run: runId,
      result: 'done',
      reason: '',
      batch: randomUUID(),
      by: doing.by,
      forced: false,
    })
    await refreshArticle(transaction, id, doing.previewBaseUrl)
  })
}

/** What has ended and is listed. */
export function isDismissible(state: string): boolean {
  return state === 'failed' || state === 'ready'
}
