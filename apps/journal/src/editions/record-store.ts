import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
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
  await tx`update record set reason = null where article = ${article} and not deleted`
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

/** The articles of a journal, by their ids. */
export interface JournalIds {
  /** Ids begin with it and a hyphen; `''` for those of the default journal, which have none of `others`. */
  prefix: string
  others: readonly string[]
}

export interface RecordQuery {
  /** Inclusive. */
  from?: Temporal.Instant | undefined
  until?: Temporal.Instant | undefined
  journal?: JournalIds | undefined
  subject?: string | undefined
  /** Go on after this record. */
  after?: { datestamp: Temporal.Instant; article: string } | undefined
  limit: number
}

/** Lists records by their last change: one that is changed meanwhile moves behind, and is neither lost nor doubled. */
export async function listRecords(sql: Sql, query: RecordQuery): Promise<ArticleRecord[]> {
  const { from, until, journal, subject, after, limit } = query
  const rows = await sql<RecordRow[]>`
    select * from record where
      ${from ? sql`datestamp >= ${from.toString()}` : sql`true`}
      and ${until ? sql`datestamp <= ${until.toString()}` : sql`true`}
      and ${after ? sql`(datestamp, article) > (${after.datestamp.toString()}::timestamptz, ${after.article})` : sql`true`}
      and ${subject === undefined ? sql`true` : sql`${subject} = any(subjects)`}
      and ${journal ? ofJournal(sql, journal) : sql`true`}
    order by datestamp, article limit ${limit}`
  return rows.map(recordOf)
}

/** The condition that an article is of a journal. */
export function ofJournal(sql: Sql, { prefix, others }: JournalIds) {
  if (prefix !== '') return sql`article like ${`${prefix}-%`}`
  return sql`not (article like any(${others.map((other) => `${other}-%`)}::text[]))`
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

/** Lists public articles, the latest first; with their number and the last change of any. */
export async function latestRecords(
  sql: Sql,
  { limit, offset = 0, subject }: { limit: number; offset?: number; subject?: string | undefined },
): Promise<ArticleRecord[]> {
  const rows = await sql<RecordRow[]>`
    select * from record where not deleted and ${subject === undefined ? sql`true` : sql`${subject} = any(subjects)`}
    order by coalesce(updated, published) desc, article desc limit ${limit} offset ${offset}`
  return rows.map(recordOf)
}

export async function countPublic(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from record where not deleted`
  return row?.count ?? 0
}

/** Lists the subjects of public articles, by name. */
export async function publicSubjects(sql: Sql): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select distinct unnest(subjects) as subject from record where not deleted order by 1`
  return rows.map(({ subject }) => subject)
}

/** Lists a page of public articles in the order of their ids, which never changes. */
export async function recordsById(
  sql: Sql,
  { limit, offset }: { limit: number; offset: number },
): Promise<ArticleRecord[]> {
  const rows = await sql<
    RecordRow[]
  >`select * from record where not deleted order by article limit ${limit} offset ${offset}`
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
