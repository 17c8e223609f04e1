import type { Sql } from 'postgres'
import { pendingPublication, isUnfinished, runStateOf } from '../derive/rules/run-state.ts'
import { isOver } from '../derive/history/steps.ts'
import { loadArticle } from '../project/article-rows.ts'
import type { OpenRun } from './judge-run.ts'

/** Lists the runs that continue on their own, as far as the dashboard knows. */
export async function openRuns(sql: Sql): Promise<OpenRun[]> {
  const articles = await sql<{ article: string }[]>`
    select distinct article from current_run
    where section in ('in-progress', 'waiting', 'scheduled', 'finishing') order by article`
  const open: OpenRun[] = []
  for (const { article: id } of articles) {
    const known = await loadArticle(sql, id)
    for (const { number: version, runs } of known?.article.versions ?? [])
      for (const run of runs) {
        const state = runStateOf(run, known?.requests ?? [])
        const finishing = state === 'published' && run.steps.some((one) => !isOver(one))
        if (state !== 'waiting' && !isUnfinished(state) && !finishing) continue
        const requested = pendingPublication(run, known?.requests ?? [])?.at ?? 0
        const step = run.steps.findLast(
          (one) => one.state === 'running' || one.state === 'retrying' || one.state === 'busy',
        )
        open.push({
          article: id,
          version,
          run: run.id,
          state,
          step: step?.type,
          heard: Math.max(run.latestSent, requested),
        })
      }
  }
  return open
}
