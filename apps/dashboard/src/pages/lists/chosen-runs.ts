import type { Html } from '@continuum/service'
import type { Sql } from 'postgres'
import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { judgeDismissal, judgeRestoration, runOf } from '../../derive/rules/dismissible.ts'
import { judgeScheduling } from '../../derive/rules/schedulable.ts'
import { judgeRerun } from '../../derive/rules/rerunnable.ts'
import { loadArticle, type KnownArticle } from '../../project/article-rows.ts'
import type { Batch, BulkAct } from '../../store/batches.ts'
import { outcomeHtml } from '../article/activity-log.ts'
import type { RunRef } from '../elements/addresses.ts'
import type { Chosen } from './bulk-page.ts'
import type { ShownResult } from './results-page.ts'

/** Looks up the runs that something is to be done to, and whether it can be. */
export async function chooseRuns(sql: Sql, act: BulkAct, refs: readonly RunRef[]): Promise<Chosen[]> {
  const chosen: Chosen[] = []
  for (const ref of refs) {
    const known = await loadArticle(sql, ref.id)
    chosen.push({ ref, title: titleOf(known, ref.version), refusal: refusalOf(act, known, ref) })
  }
  return chosen
}

function refusalOf(act: BulkAct, known: KnownArticle | undefined, ref: RunRef): string {
  const run = runOf(known?.article, ref)
  const requests = known?.requests ?? []
  if (act === 'assign') return known ? '' : 'This article has not arrived.'
  const judge = { dismiss: judgeDismissal, restore: judgeRestoration, schedule: judgeScheduling }
  const verdict = act === 'rerun' ? judgeRerun(known?.article, requests, ref.run) : judge[act](run, requests)
  return verdict.allowed ? '' : verdict.reason
}

/** Looks up what became of each article of a batch. */
export async function shownResults(sql: Sql, { id, act, items }: Batch): Promise<ShownResult[]> {
  const shown: ShownResult[] = []
  for (const item of items) {
    const known = await loadArticle(sql, item.article)
    shown.push({
      item,
      title: titleOf(known, item.version),
      became: act === 'rerun' ? becameOf(known, id, item.run) : undefined,
    })
  }
  return shown
}

function becameOf(known: KnownArticle | undefined, batch: string, run: string): Html | undefined {
  const request = known?.requests.find((one) => one.batch === batch && one.run === run)
  return known && request && outcomeHtml(known, request)
}

function titleOf(known: KnownArticle | undefined, number: number): string | undefined {
  const version = known?.article.versions.find((one) => one.number === number)
  return known && version && textOf(propertiesOf(known.article, version), 'title')
}
