import type { ISql } from 'postgres'
import type { CurrentRow } from '../derive/rows/api-rows.ts'
import type { Summary } from '../derive/rows/summary.ts'

/** The row of an article, as it is stored. */
export interface ArticleRow {
  readonly id: string
  readonly summary: Summary
  readonly apiRow: CurrentRow
  /** The code and settings that derived it. */
  readonly derivation: string
}

/** Inserts the rows of articles, or updates them. */
export async function upsertArticles(sql: ISql, rows: readonly ArticleRow[]): Promise<void> {
  const given = rows.map(({ id, summary, apiRow: api_row, derivation }) => ({
    id,
    published_at: summary.published?.at,
    summary,
    api_row,
    derivation,
  }))
  await sql`
    insert into article (id, published_at, summary, api_row, derivation)
    select id, published_at, summary, api_row, derivation
    from json_to_recordset(${JSON.stringify(given)}::text::json)
      as given (id text, published_at timestamptz, summary json, api_row json, derivation text)
    on conflict (id) do update set
      published_at = excluded.published_at, summary = excluded.summary,
      api_row = excluded.api_row, derivation = excluded.derivation`
}
