import type { ISql } from 'postgres'
import type { CurrentRow } from '../derive/rows/api-rows.ts'
import type { ListKeys } from '../derive/rows/list-keys.ts'
import type { Summary } from '../derive/rows/summary.ts'

/** A row of the lists, as it is stored. */
export interface ListRow {
  readonly article: string
  readonly version: number
  /** Empty for a version that has properties and no run. */
  readonly run: string
  readonly section: string
  readonly since: string
  readonly keys: ListKeys
  readonly summary: Summary
  readonly apiRow: CurrentRow
}

/** The tables of rows. */
export type ListTable = 'current_run' | 'archived_run'

/** Replaces the rows of articles, and keeps the values that filters may have. */
export async function replaceListRows(
  sql: ISql,
  articles: readonly string[],
  current: readonly ListRow[],
  archived: readonly ListRow[],
): Promise<void> {
  const values = [...current, ...archived].flatMap(({ keys: { journal, subjects, kind, step } }) => [
    ['journal', journal] as const,
    ['kind', kind] as const,
    ['step', step] as const,
    ...subjects.map((subject) => ['subject', subject] as const),
  ])
  const known = [...new Map(values.filter(([, value]) => value !== '').map((one) => [one.join(' '), one])).values()]
  await Promise.all([
    replace(sql, 'current_run', articles, current),
    replace(sql, 'archived_run', articles, archived),
    known.length > 0 &&
      sql`
        insert into list_value (facet, value)
        select * from unnest(${known.map(([facet]) => facet)}::text[], ${known.map(([, value]) => value)}::text[])
        on conflict do nothing`,
  ])
}

/** Deletes the rows that are no more, and writes those that differ. */
async function replace(
  sql: ISql,
  table: ListTable,
  articles: readonly string[],
  rows: readonly ListRow[],
): Promise<void> {
  const given = rows.map(({ article, version, run, section, since, keys, summary, apiRow }) => {
    const { journal, subjects, kind, status, step, cause, sortTitle: sort_title, words } = keys
    const { findings, due, via = '' } = summary
    const place = { article, version, run, section, since, arrived: summary.run?.began ?? since }
    const shown = { journal, subjects, kind, status, findings, step, cause, due, via, sort_title, words }
    return { ...place, ...shown, summary, api_row: apiRow }
  })
  await Promise.all([
    sql`
      delete from ${sql(table)} where article = any(${[...articles]}::text[])
        and (article, version, run) not in (
          select * from unnest(${rows.map(({ article }) => article)}::text[], ${rows.map(({ version }) => version)}::int[],
            ${rows.map(({ run }) => run)}::text[]))`,
    rows.length > 0 &&
      sql`
        insert into ${sql(table)} as old (
          article, version, run, section, since, journal, subjects, kind, status, findings, step, cause, arrived, due, via,
          sort_title, words, summary, api_row)
        select article, version, run, section, since, journal, subjects, kind, status, findings, step, cause, arrived,
          to_timestamp(due), via, sort_title, array_to_tsvector(words), summary, api_row
        from json_to_recordset(${JSON.stringify(given)}::text::json) as given (
          article text, version int, run text, section text, since timestamptz, journal text, subjects text[], kind text,
          status text, findings int, step text, cause text, arrived timestamptz, due float8, via text, sort_title text,
          words text[], summary json, api_row json)
        on conflict (article, version, run) do update set
          section = excluded.section, since = excluded.since, journal = excluded.journal, subjects = excluded.subjects,
          kind = excluded.kind, status = excluded.status, findings = excluded.findings, step = excluded.step,
          cause = excluded.cause, arrived = excluded.arrived, due = excluded.due, via = excluded.via,
          sort_title = excluded.sort_title, words = excluded.words, summary = excluded.summary, api_row = excluded.api_row
        where (old.section, old.since, old.journal, old.subjects, old.kind, old.status, old.findings, old.step,
          old.cause, old.arrived, old.due, old.via, old.sort_title, old.words, old.summary::text, old.api_row::text)
          is distinct from (excluded.section, excluded.since, excluded.journal, excluded.subjects, excluded.kind,
            excluded.status, excluded.findings, excluded.step, excluded.cause, excluded.arrived, excluded.due,
            excluded.via, excluded.sort_title, excluded.words, excluded.summary::text, excluded.api_row::text)`,
  ])
}
