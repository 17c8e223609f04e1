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

/** Replaces the rows of an article, and keeps the values that filters may have. */
export async function replaceListRows(
  sql: ISql,
  article: string,
  current: readonly ListRow[],
  archived: readonly ListRow[],
): Promise<void> {
  await replace(sql, 'current_run', article, current)
  await replace(sql, 'archived_run', article, archived)
  const values = [...current, ...archived].flatMap(({ keys: { journal, subjects, kind, step } }) => [
    ['journal', journal] as const,
    ['kind', kind] as const,
    ['step', step] as const,
    ...subjects.map((subject) => ['subject', subject] as const),
  ])
  const known = [...new Map(values.filter(([, value]) => value !== '').map((one) => [one.join(' '), one])).values()]
  if (known.length === 0) return
  await sql`
    insert into list_value (facet, value)
    select * from unnest(${known.map(([facet]) => facet)}::text[], ${known.map(([, value]) => value)}::text[])
    on conflict do nothing`
}

async function replace(sql: ISql, table: ListTable, article: string, rows: readonly ListRow[]): Promise<void> {
  await sql`delete from ${sql(table)} where article = ${article}`
  for (const { version, run, section, since, keys, summary, apiRow } of rows) {
    const { journal, subjects, kind, status, step, cause, sortTitle, words } = keys
    await sql`
      insert into ${sql(table)} (
        article, version, run, section, since, journal, subjects, kind, status, findings, step, cause, arrived, due, via,
        sort_title, words, summary, api_row)
      values (
        ${article}, ${version}, ${run}, ${section}, ${since}, ${journal}, ${[...subjects]}::text[], ${kind}, ${status},
        ${summary.findings}, ${step}, ${cause}, ${summary.run?.began ?? since},
        ${summary.due === undefined ? null : new Date(summary.due * 1000)}, ${summary.via ?? ''}, ${sortTitle},
        array_to_tsvector(${[...words]}::text[]), ${JSON.stringify(summary)}::text::json,
        ${JSON.stringify(apiRow)}::text::json
      )`
  }
}
