import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { findList, inList, type ArticleList } from './list-store.ts'
import type { Retraction } from './retraction.ts'

/** An article that is public, or was. */
export interface ArticleRecord {
  article: string
  /** The last change of what readers see, in whole seconds. */
  datestamp: Temporal.Instant
  /** Absent where nothing of it is public any more. */
  version?: number
  /** Of the first version. */
  published?: Temporal.Instant
  /** Of a later version, or of its retraction. */
  updated?: Temporal.Instant
  subjects: readonly string[]
  /** The reason of its withdrawal, in words for readers. */
  reason?: string
  retraction?: Retraction
}

/** Writes what is public of an article now. */
export async function refreshRecord(tx: TransactionSql, article: string): Promise<void> {
  await tx`select refresh_record(${article})`
  await tx`update record set reason = null where article = ${article} and not deleted and reason is not null`
}

/** Keeps the reason of a withdrawal. @returns false where nothing of the article was ever public */
export async function keepReason(sql: Sql, article: string, reason: string): Promise<boolean> {
  const { count } = await sql`update record set reason = ${reason} where article = ${article} and deleted`
  return count > 0
}

/**
 * Keeps or takes back the retraction of an article: a change of what readers see.
 *
 * @returns false where nothing of the article was ever public
 */
export function keepRetraction(
  sql: Sql,
  article: string,
  retraction: Retraction | undefined,
  now: Temporal.Instant,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`journal article ${article}`}, 0))`
    const { count } = retraction
      ? await tx`
          update record set retraction = ${tx.json(retraction)}, retracted = coalesce(retracted, ${now.toString()})
          where article = ${article}`
      : await tx`update record set retraction = null, retracted = null where article = ${article}`
    if (count > 0) await refreshRecord(tx, article)
    return count > 0
  })
}

export interface RecordQuery {
  list: ArticleList
  /** Inclusive. */
  from?: Temporal.Instant | undefined
  until?: Temporal.Instant | undefined
  /** Go on after this record. */
  after?: { datestamp: Temporal.Instant; article: string } | undefined
  limit: number
}

/** Lists records by their last change: one that is changed meanwhile moves behind, and is neither lost nor doubled. */
export async function listRecords(sql: Sql, query: RecordQuery): Promise<ArticleRecord[]> {
  const { from, until, after, limit } = query
  const list = await findList(sql, query.list)
  const rows = await sql<RecordRow[]>`
    with page as (
      select article from list_member where ${inList(sql, list)}
        and ${from ? sql`datestamp >= ${from.toString()}` : sql`true`}
        and ${until ? sql`datestamp <= ${until.toString()}` : sql`true`}
        and ${after ? sql`(datestamp, article) > (${after.datestamp.toString()}::timestamptz, ${after.article})` : sql`true`}
      order by datestamp, article limit ${limit}
    )
    select record.* from page join record using (article) order by datestamp, article`
  return rows.map(recordOf)
}

export async function findRecord(sql: Sql, article: string): Promise<ArticleRecord | undefined> {
  const [row] = await sql<RecordRow[]>`select * from record where article = ${article}`
  return row && recordOf(row)
}

/** The time of the first change; undefined while nothing was ever public. */
export async function earliestDatestamp(sql: Sql): Promise<Temporal.Instant | undefined> {
  const [row] = await sql<{ first: Date | null }[]>`select min(datestamp) as first from record`
  return row?.first ? instantOf(row.first) : undefined
}

/** Lists the public articles of a list that changed last, the latest first. */
export async function latestRecords(
  sql: Sql,
  { list, limit }: { list: ArticleList; limit: number },
): Promise<ArticleRecord[]> {
  const rows = await sql<RecordRow[]>`
    with page as (
      select article, shown from list_member where ${inList(sql, await findList(sql, list))} and shown is not null
      order by shown desc, article desc limit ${limit}
    )
    select record.* from page join record using (article) order by page.shown desc, article desc`
  return rows.map(recordOf)
}

/** Lists a page of public articles in the order of their ids, which never changes. */
export async function recordsById(
  sql: Sql,
  { limit, offset }: { limit: number; offset: number },
): Promise<ArticleRecord[]> {
  const rows = await sql<RecordRow[]>`
    with page as (select article from record where not deleted order by article limit ${limit} offset ${offset})
    select record.* from page join record using (article) order by article`
  return rows.map(recordOf)
}

interface RecordRow {
  article: string
  datestamp: Date
  version: number | null
  published: Date | null
  updated: Date | null
  subjects: string[]
  reason: string | null
  retraction: Retraction | null
}

function recordOf({
  article,
  datestamp,
  version,
  published,
  updated,
  subjects,
  reason,
  retraction,
}: RecordRow): ArticleRecord {
  return {
    article,
    datestamp: instantOf(datestamp),
    subjects,
    ...(version !== null && { version }),
    ...(published && { published: instantOf(published) }),
    ...(updated && { updated: instantOf(updated) }),
    ...(reason !== null && { reason }),
    ...(retraction && { retraction }),
  }
}

function instantOf(date: Date): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
}
