import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { settingAside, standingOf } from '../derive/standing.ts'
import { loadArticle, refreshArticle } from '../store/articles.ts'
import { changing } from '../store/changing.ts'
import { keepRequest } from '../store/requests.ts'

/**
 * Takes a run that has ended off the lists, or puts it back, and keeps who did so; nothing is sent. One that cannot be
 * set aside, for more is still to come of it, stays as it is.
 */
export async function setAside(
  sql: Sql,
  of: { id: string; version: number; run: string },
  back: boolean,
  doing: { by: string; previewBaseUrl: string },
): Promise<void> {
  const { id, version, run: runId } = of
  await changing(sql, id, async (transaction) => {
    const known = await loadArticle(transaction, id)
    const run = known?.article.versions.find(({ number }) => number === version)?.runs.find((one) => one.id === runId)
    if (!known || !run) return
    const standing = standingOf(run, known.requests)
    const possible = back ? settingAside(run, known.requests) !== undefined : mayBeSetAside(standing)
    if (!possible) return
    await keepRequest(transaction, {
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
export function mayBeSetAside(standing: string): boolean {
  return standing === 'failed' || standing === 'ready'
}
