import type { ISql } from 'postgres'
import type { Section, Summary } from '../derive/summary.ts'

/** What the current page shows of a section: how many there are, and the first of them. */
export interface Listed {
  count: number
  articles: Summary[]
}

export type CurrentList = Record<Section, Listed>

const sections: readonly Section[] = ['error', 'in-progress', 'uir', 'scheduled']

/** Errors come newest first; what is worked on or waits for a person comes longest first. */
const order = (sql: ISql, section: Section) =>
  section === 'error'
    ? sql`since desc, id`
    : section === 'scheduled'
      ? sql`(summary ->> 'due')::float8, id`
      : sql`since, id`

/**
 * The current articles by section.
 *
 * @param search words that must all be in id, doi, title, corresponding authors or type
 * @param limit how many of each section, at most
 */
export async function currentList(sql: ISql, search: readonly string[], limit: number): Promise<CurrentList> {
  const listed = await Promise.all(sections.map(async (section) => [section, await list(sql, section, search, limit)]))
  return Object.fromEntries(listed)
}

async function list(sql: ISql, section: Section, search: readonly string[], limit: number): Promise<Listed> {
  const rows = await sql<{ summary: Summary; count: number }[]>`
    select summary, count(*) over ()::int as count from article
    where section = ${section} and ${matches(sql, search)}
    order by ${order(sql, section)} limit ${limit}`
  return { count: rows[0]?.count ?? 0, articles: rows.map(({ summary }) => summary) }
}

/** Articles of which a delivery waits for its turn. */
export async function waitingList(sql: ISql): Promise<Summary[]> {
  const rows = await sql<{ summary: Summary }[]>`select summary from article where waiting order by id limit 100`
  return rows.map(({ summary }) => summary)
}

/** The articles published last, newest first; with words to search for, all that match. */
export async function publishedList(sql: ISql, search: readonly string[], limit: number): Promise<Summary[]> {
  const rows = await sql<{ summary: Summary }[]>`
    select summary from article where published_at is not null and ${matches(sql, search)}
    order by published_at desc, id limit ${limit}`
  return rows.map(({ summary }) => summary)
}

/** How many articles have an error: what the tab's title counts. */
export async function errorCount(sql: ISql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from article where section = 'error'`
  return row?.count ?? 0
}

/** The body of `GET /api/current`, put together by the database: the rows are kept as they are answered. */
export async function currentBody(sql: ISql): Promise<string> {
  const rows = await sql<{ section: Section; rows: string }[]>`
    select section, string_agg(api_row::text, ',' order by since, id) as rows from article
    where section is not null group by section`
  const of = new Map(rows.map((row) => [row.section, row.rows]))
  const names: Section[] = ['error', 'in-progress', 'scheduled', 'uir']
  return `{${names.map((name) => `"${name}":[${of.get(name) ?? ''}]`).join(',')}}`
}

/** The titles of these articles, where they are known, by article. */
export async function titlesOf(sql: ISql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; title: string | null }[]>`
    select id, summary ->> 'title' as title from article where id = any(${[...ids]}::text[])`
  return new Map(rows.map(({ id, title }) => [id, title ?? id]))
}

/** The API's rows of these articles, by article. */
export async function apiRowsOf(sql: ISql, ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const rows = await sql<{ id: string; api_row: Record<string, unknown> }[]>`
    select id, api_row from article where id = any(${[...ids]}::text[])`
  return new Map(rows.map(({ id, api_row: row }) => [id, row]))
}

function matches(sql: ISql, search: readonly string[]) {
  return search.reduce(
    (all, word) => sql`${all} and search like ${`%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`,
    sql`true`,
  )
}
