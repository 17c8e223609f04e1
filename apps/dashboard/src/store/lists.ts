import type { ISql } from 'postgres'
import type { ArchiveSection } from '../derive/rows/archive.ts'
import type { Section, Summary } from '../derive/rows/summary.ts'
import { matches, type ListFilter } from './list-filter.ts'
import type { ListTable } from './list-rows.ts'

/** A row of the lists, with the account that takes care of the article. */
export interface Listed {
  readonly summary: Summary
  readonly section: Section | ArchiveSection
  readonly assignee: string | null
}

/** Some of the rows that match, and how many there are: counted up to `maxCount`. */
export interface ListedRows {
  readonly count: number
  readonly rows: readonly Listed[]
}

/** The maximum that is counted: a greater number is this and one more. */
export const maxCount = 1000

/** The sections of current runs, in the order of the page. */
export const sections: readonly Section[] = ['error', 'uir', 'in-progress', 'finishing', 'scheduled', 'waiting']

/** The columns that lists are sorted by. */
export const sortColumns = [
  'number',
  'title',
  'kind',
  'journal',
  'step',
  'since',
  'arrived',
  'due',
  'assignee',
] as const

/** A column to sort by, and the direction. */
export interface Sort {
  readonly column: (typeof sortColumns)[number]
  readonly descending: boolean
}

/** The place of the rows in a list. */
export interface Place {
  readonly limit: number
  readonly offset?: number
  readonly sort?: Sort | undefined
}

/**
 * Selects rows that match a filter, and counts them. Without a sort, errors and the archive are sorted newest first, what is
 * scheduled by the time that is set, and other sections oldest first.
 */
export async function listRows(
  sql: ISql,
  table: ListTable,
  filter: ListFilter,
  { limit, offset = 0, sort }: Place,
): Promise<ListedRows> {
  const found = sql`from ${sql(table)} as item where ${matches(sql, filter)}`
  const rows = await sql<(Listed & { count: number })[]>`
    select summary, section, (select account from assignment where assignment.article = item.article) as assignee,
      (select count(*)::int from (select ${found} limit ${maxCount + 1}) as found) as count
    ${found} order by ${orderOf(sql, table, filter, sort)} limit ${limit} offset ${offset}`
  return {
    count: rows[0]?.count ?? 0,
    rows: rows.map(({ summary, section, assignee }) => ({ summary, section, assignee })),
  }
}

/** Selects the first current runs of each section that match a filter. */
export async function currentSections(
  sql: ISql,
  filter: ListFilter,
  limit: number,
): Promise<ReadonlyMap<Section, ListedRows>> {
  const wanted = sections.filter((section) => !filter.sections?.length || filter.sections.includes(section))
  const listed = await Promise.all(
    wanted.map(
      async (section) =>
        [section, await listRows(sql, 'current_run', { ...filter, sections: [section] }, { limit })] as const,
    ),
  )
  return new Map(listed)
}

/** Counts the rows that match, up to one more than `maxCount`. */
export async function countRows(sql: ISql, table: ListTable, filter: ListFilter): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count
    from (select from ${sql(table)} as item where ${matches(sql, filter)} limit ${maxCount + 1}) as found`
  return row?.count ?? 0
}

function orderOf(sql: ISql, table: ListTable, filter: ListFilter, sort: Sort | undefined) {
  if (sort) {
    const { column, descending } = sort
    const by = sql.unsafe(columnOf[column])
    // An index has no rows without a value last in both directions, so only columns that need it ask for that.
    const last = column === 'due' || column === 'assignee' ? sql`nulls last` : sql``
    return descending
      ? sql`${by} desc ${last}, article desc, version desc, run desc`
      : sql`${by} ${last}, article, version, run`
  }
  const [section, ...others] = filter.sections ?? []
  if (table === 'archived_run' || (section === 'error' && others.length === 0))
    return sql`since desc, article desc, version desc, run desc`
  return section === 'scheduled' && others.length === 0
    ? sql`due, article, version, run`
    : sql`since, article, version, run`
}

const columnOf: Record<Sort['column'], string> = {
  number: 'article',
  title: 'sort_title',
  kind: 'kind',
  journal: 'journal',
  step: 'step',
  since: 'since',
  arrived: 'arrived',
  due: 'due',
  assignee: '(select account from assignment where assignment.article = item.article)',
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
    from current_run where section <> 'finishing' group by 1`
  const bySection = new Map(rows.map((row) => [row.section, row.rows]))
  const names: Section[] = ['error', 'in-progress', 'scheduled', 'uir']
  return `{${names.map((name) => `"${name}":[${bySection.get(name) ?? ''}]`).join(',')}}`
}

/** A value of a filter, and how many rows have it where that is counted. */
export interface FilterValues {
  readonly journal: readonly string[]
  readonly subject: readonly string[]
  readonly kind: readonly string[]
  readonly step: readonly string[]
  /** The most frequent causes of current failures. */
  readonly cause: readonly { readonly cause: string; readonly count: number }[]
}

const maxCauses = 20

/** Selects the values that filters may have. */
export async function filterValues(sql: ISql): Promise<FilterValues> {
  const [values, cause] = await Promise.all([
    sql<{ facet: string; value: string }[]>`select facet, value from list_value order by value`,
    failureCauses(sql, {}),
  ])
  const of = (name: string) => values.flatMap(({ facet, value }) => (facet === name ? [value] : []))
  return { journal: of('journal'), subject: of('subject'), kind: of('kind'), step: of('step'), cause }
}

/** Selects the most frequent causes of current failures that match a filter, the most frequent first. */
export async function failureCauses(sql: ISql, filter: ListFilter): Promise<{ cause: string; count: number }[]> {
  return sql<{ cause: string; count: number }[]>`
    select cause, count(*)::int as count from current_run as item
    where section = 'error' and cause <> '' and ${matches(sql, filter)}
    group by cause order by 2 desc, cause limit ${maxCauses}`
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

/** Selects the articles that were last published between two unix times in seconds, oldest first. */
export async function publishedBetween(sql: ISql, from: number, to: number): Promise<Summary[]> {
  const rows = await sql<{ summary: Summary }[]>`
    select summary from article
    where published_at >= to_timestamp(${from}) and published_at < to_timestamp(${to}) order by published_at, id`
  return rows.map(({ summary }) => summary)
}
