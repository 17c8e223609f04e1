import type { ISql } from 'postgres'
import type { Section, Summary } from '../derive/rows/summary.ts'

/** The first rows of a section, and how many there are. */
export interface SectionRows {
  count: number
  runs: Summary[]
}

/** The current runs by section. */
export type CurrentSections = Record<Section, SectionRows>

const sections: readonly Section[] = ['error', 'in-progress', 'uir', 'scheduled', 'waiting']

/** Errors are sorted newest first; the other sections oldest first. */
const order = (sql: ISql, section: Section) =>
  section === 'error'
    ? sql`since desc, article, version, run`
    : section === 'scheduled'
      ? sql`(summary ->> 'due')::float8, article, version, run`
      : sql`since, article, version, run`

/**
 * Selects the current runs by section.
 *
 * @param search words that must all be in the id, DOI, file name, title, corresponding authors or type
 * @param limit the maximum number of rows per section
 */
export async function currentSections(sql: ISql, search: readonly string[], limit: number): Promise<CurrentSections> {
  const listed = await Promise.all(sections.map(async (section) => [section, await list(sql, section, search, limit)]))
  return Object.fromEntries(listed)
}

async function list(sql: ISql, section: Section, search: readonly string[], limit: number): Promise<SectionRows> {
  const rows = await sql<{ summary: Summary; count: number }[]>`
    select summary, count(*) over ()::int as count from current_run
    where section = ${section} and ${matches(sql, search)}
    order by ${order(sql, section)} limit ${limit}`
  return { count: rows[0]?.count ?? 0, runs: rows.map(({ summary }) => summary) }
}

/** Selects published articles that match, newest first. */
export async function publishedList(sql: ISql, search: readonly string[], limit: number): Promise<Summary[]> {
  const rows = await sql<{ summary: Summary }[]>`
    select summary from article where published_at is not null and ${matches(sql, search)}
    order by published_at desc, id limit ${limit}`
  return rows.map(({ summary }) => summary)
}

/** Counts the current runs with an error. */
export async function errorCount(sql: ISql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from current_run where section = 'error'`
  return row?.count ?? 0
}

/**
 * Builds the body of `GET /api/current` in the database, from the stored rows. An article has a row for each of its
 * current runs; waiting ones are among those in progress, since the original system has no section for them.
 */
export async function currentBody(sql: ISql): Promise<string> {
  const rows = await sql<{ section: Section; rows: string }[]>`
    select case section when 'waiting' then 'in-progress' else section end as section,
      string_agg(api_row::text, ',' order by since, article, version, run) as rows
    from current_run group by 1`
  const bySection = new Map(rows.map((row) => [row.section, row.rows]))
  const names: Section[] = ['error', 'in-progress', 'scheduled', 'uir']
  return `{${names.map((name) => `"${name}":[${bySection.get(name) ?? ''}]`).join(',')}}`
}

/** Selects the titles of articles by id; the id stands in for an unknown title. */
export async function titlesOf(sql: ISql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; title: string | null }[]>`
    select id, summary ->> 'title' as title from article where id = any(${[...ids]}::text[])`
  return new Map(rows.map(({ id, title }) => [id, title ?? id]))
}

/** Selects the API's rows of articles by id. */
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

/** Selects the articles that were last published between two unix times in seconds, oldest first. */
export async function publishedBetween(sql: ISql, from: number, to: number): Promise<Summary[]> {
  const rows = await sql<{ summary: Summary }[]>`
    select summary from article
    where published_at >= to_timestamp(${from}) and published_at < to_timestamp(${to}) order by published_at, id`
  return rows.map(({ summary }) => summary)
}
