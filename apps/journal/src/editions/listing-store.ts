import type { Sql } from '@continuum/service'
import type { Edition } from './edition.ts'
import { editionOf, type EditionRow } from './edition-store.ts'
import { ofJournal, type JournalIds } from './record-store.ts'

/** The articles of a list. Without any of these it is all public ones. */
export interface Listed {
  /** `2012-12`; `1998` for those of which no more than the year is known. */
  month?: string | undefined
  subject?: string | undefined
  /** The ORCID of an author, else the name: `Lovelace, Ada`. */
  author?: string | undefined
  journal?: JournalIds | undefined
}

/** Lists a page of public articles in their newest editions, those that changed last first; and tells how many there are. */
export async function listArticles(
  sql: Sql,
  { month, subject, author, journal }: Listed,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ total: number; editions: Edition[] }> {
  const wanted = sql`
    not deleted
    ${month === undefined ? sql`` : sql`and article in (select article from listing where left(day, 7) = ${month})`}
    ${author === undefined ? sql`` : sql`and article in (select article from author_listing where author = ${author})`}
    ${subject === undefined ? sql`` : sql`and subjects @> array[${subject}]::text[]`}
    ${journal === undefined ? sql`` : sql`and ${ofJournal(sql, journal)}`}`
  const [rows, [count]] = await Promise.all([
    sql<EditionRow[]>`
      with page as (
        select article, version, coalesce(updated, published) as day, retraction is not null as retracted
        from record where ${wanted}
        order by coalesce(updated, published) desc, article desc limit ${perPage} offset ${(page - 1) * perPage}
      )
      select edition.*, page.retracted from page join edition using (article, version) where stage = 'published'
      order by page.day desc, article desc`,
    sql<{ total: number }[]>`select count(*)::int as total from record where ${wanted}`,
  ])
  return { total: count?.total ?? 0, editions: rows.map(editionOf) }
}

/** A value with the number of its articles. */
export interface Counted {
  name: string
  articles: number
}

/** Counts public articles by month of publication, the latest first: `2012-12`, or `1998` where no more is known. */
export async function countMonths(sql: Sql): Promise<Counted[]> {
  return sql<Counted[]>`
    select left(day, 7) as name, count(*)::int as articles from listing group by 1 order by 1 desc`
}

/** Counts public articles by subject, by name. */
export async function countSubjects(sql: Sql): Promise<Counted[]> {
  return sql<Counted[]>`
    select subject as name, count(*)::int as articles from record, unnest(subjects) as subject
    where not deleted group by 1 order by lower(subject), 1`
}

/** Finds the name of an author as readers write it. */
export async function authorName(sql: Sql, author: string): Promise<string | undefined> {
  const [row] = await sql<
    { name: string }[]
  >`select name from author_listing where author = ${author} order by article desc limit 1`
  return row?.name
}
