import type { ISql } from 'postgres'

/** The acts on many articles at once, besides publishing them. */
export const bulkActs = ['dismiss', 'restore', 'rerun', 'schedule', 'assign'] as const
export type BulkAct = (typeof bulkActs)[number]

/** The result for one article. */
export interface BatchItem {
  readonly article: string
  readonly version: number
  readonly run: string
  /** The reason of a refusal; empty where it was done. */
  readonly refusal: string
  /** The assignee or time that undoing brings back. */
  readonly before: string
}

/** Something that was done to articles at once. */
export interface Batch {
  readonly id: string
  readonly act: BulkAct
  readonly by: string
  readonly why: string
  /** The assignee, or the time in unix seconds. */
  readonly value: string
  readonly undone: boolean
  readonly items: readonly BatchItem[]
}

/** Stores what was done, before the results are known. */
export async function insertBatch(
  sql: ISql,
  { id, act, by, why, value }: Omit<Batch, 'items' | 'undone'>,
): Promise<void> {
  await sql`insert into batch (id, act, made_by, why, value) values (${id}, ${act}, ${by}, ${why}, ${value})`
}

/** Stores the result for one article. */
export async function insertBatchItem(sql: ISql, batch: string, position: number, item: BatchItem): Promise<void> {
  const { article, version, run, refusal, before } = item
  await sql`
    insert into batch_item (batch, position, article, version, run, refusal, before)
    values (${batch}, ${position}, ${article}, ${version}, ${run}, ${refusal}, ${before})`
}

/** Finds what was done, with its results in order. */
export async function findBatch(sql: ISql, id: string): Promise<Batch | undefined> {
  const [batch] = await sql<Omit<Batch, 'items'>[]>`
    select id, act, made_by as by, why, value, undone_at is not null as undone from batch where id = ${id}`
  if (!batch) return undefined
  const items = await sql<BatchItem[]>`
    select article, version, run, refusal, before from batch_item where batch = ${id} order by position`
  return { ...batch, items }
}

/** Marks a batch as undone; false if it was before. */
export async function markUndone(sql: ISql, id: string): Promise<boolean> {
  const { count } = await sql`update batch set undone_at = now() where id = ${id} and undone_at is null`
  return count === 1
}
