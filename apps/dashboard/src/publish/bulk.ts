import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { runOf } from '../derive/rules/dismissible.ts'
import { judgeScheduling } from '../derive/rules/schedulable.ts'
import { runStateOf } from '../derive/rules/run-state.ts'
import { loadArticle } from '../project/article-rows.ts'
import { recordActivity } from '../store/activity.ts'
import { applyChange } from '../store/apply-change.ts'
import { assignArticle, assigneeOf } from '../store/assignments.ts'
import {
  findBatch,
  insertBatch,
  insertBatchItem,
  markUndone,
  type Batch,
  type BatchItem,
  type BulkAct,
} from '../store/batches.ts'
import { schedulesOf } from '../store/schedules.ts'
import { dismissRun } from './dismiss-run.ts'
import { requestRerun } from './request-rerun.ts'
import { cancelPublication, schedulePublication } from './schedule-publication.ts'

/** A run that something is done to. */
export interface BulkTarget {
  readonly id: string
  readonly version: number
  readonly run: string
}

/** An order to do something to several runs at once. */
export interface BulkOrder {
  readonly act: BulkAct
  readonly targets: readonly BulkTarget[]
  readonly by: string
  readonly why: string
  /** The account of `assign` (empty for nobody), or the time of `schedule` in unix seconds. */
  readonly value: string
  readonly previewBaseUrl: string
}

/** Does something to several runs, one after another: a refused one stops none of the others. Returns the id of the results. */
export async function applyBulk(sql: Sql, order: BulkOrder): Promise<string> {
  const batch = randomUUID()
  await insertBatch(sql, { id: batch, ...order })
  for (const [position, target] of order.targets.entries()) {
    const { refusal, before } = await applyOne(sql, order, target, batch)
    const { id: article, version, run } = target
    await insertBatchItem(sql, batch, position, { article, version, run, refusal, before })
  }
  return batch
}

type Outcome = Pick<BatchItem, 'refusal' | 'before'>

async function applyOne(sql: Sql, order: BulkOrder, target: BulkTarget, batch: string): Promise<Outcome> {
  const { act, by, previewBaseUrl } = order
  const requester = { by, why: order.why, batch, previewBaseUrl }
  if (act === 'assign') return assign(sql, target.id, order.value, by)
  if (act === 'schedule') return schedule(sql, target, order)
  if (act === 'rerun') {
    const { result, reason } = await requestRerun(sql, target.id, target.run, requester)
    return { refusal: result === 'error' ? reason : '', before: '' }
  }
  const verdict = await dismissRun(sql, target, act === 'restore', requester)
  return { refusal: verdict.allowed ? '' : verdict.reason, before: '' }
}

async function assign(sql: Sql, article: string, account: string, by: string): Promise<Outcome> {
  return applyChange(sql, article, async (transaction) => {
    const before = (await assigneeOf(transaction, article)) ?? ''
    const changed = await assignArticle(transaction, article, account === '' ? undefined : account, by)
    if (changed) await recordActivity(transaction, { by, action: 'assign', article, subject: account || 'nobody' })
    const refusal = changed || before === account ? '' : `${account} cannot sign in.`
    return { refusal, before }
  })
}

async function schedule(sql: Sql, target: BulkTarget, { value, by, why, previewBaseUrl }: BulkOrder): Promise<Outcome> {
  const { id: article, version } = target
  const known = await loadArticle(sql, article)
  const run = runOf(known?.article, target)
  const verdict = judgeScheduling(run, known?.requests ?? [])
  const pending = known?.schedule?.fired === false ? known.schedule : undefined
  const before = pending ? String(pending.due) : ''
  if (!verdict.allowed) return { refusal: verdict.reason, before }
  const ready = run && runStateOf(run, known?.requests ?? []) === 'ready' ? { version, run: run.id } : undefined
  const done = await schedulePublication(sql, { article, due: Number(value), ready }, { by, why, previewBaseUrl })
  return { refusal: done.allowed ? '' : done.reason, before }
}

/** Takes back what was done at once, where it still is as it was done. Returns the id of the results; undefined if it was undone before. */
export async function undoBulk(
  sql: Sql,
  id: string,
  { by, previewBaseUrl }: { by: string; previewBaseUrl: string },
): Promise<string | undefined> {
  const batch = await findBatch(sql, id)
  if (!batch || !isUndoable(batch) || !(await markUndone(sql, id))) return undefined
  const done = batch.items.filter(({ refusal }) => refusal === '')
  const targets = done.map(({ article, version, run }) => ({ id: article, version, run }))
  const why = 'undone'
  if (batch.act === 'dismiss' || batch.act === 'restore') {
    const act = batch.act === 'dismiss' ? 'restore' : 'dismiss'
    return applyBulk(sql, { act, targets, by, why, value: '', previewBaseUrl })
  }
  const undoing = randomUUID()
  await insertBatch(sql, { id: undoing, act: batch.act, by, why, value: '' })
  for (const [position, item] of done.entries()) {
    const { refusal, before } =
      batch.act === 'assign'
        ? await assign(sql, item.article, item.before, by)
        : await unschedule(sql, item, batch.value, { by, why, previewBaseUrl })
    await insertBatchItem(sql, undoing, position, { ...item, refusal, before })
  }
  await markUndone(sql, undoing)
  return undoing
}

/** Checks that a batch can be taken back: what was run again has begun. */
export function isUndoable({ act, undone }: Pick<Batch, 'act' | 'undone'>): boolean {
  return act !== 'rerun' && !undone
}

async function unschedule(
  sql: Sql,
  { article, version, run, before }: BatchItem,
  due: string,
  scheduler: { by: string; why: string; previewBaseUrl: string },
): Promise<Outcome> {
  const [now] = await schedulesOf(sql, [article])
  if (now?.fired !== false || String(now.due) !== due)
    return { refusal: 'Its schedule has changed since, and stays.', before: '' }
  if (before === '') await cancelPublication(sql, article, scheduler)
  else {
    const ready = now.run === run ? { version, run } : undefined
    const done = await schedulePublication(sql, { article, due: Number(before), ready }, scheduler)
    if (!done.allowed) return { refusal: done.reason, before: due }
  }
  return { refusal: '', before: due }
}
