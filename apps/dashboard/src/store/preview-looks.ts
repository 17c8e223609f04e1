import type { ISql } from 'postgres'

/** A look of somebody at the preview of a run. */
export interface PreviewLook {
  readonly account: string
  /** ISO 8601 in UTC. */
  readonly at: string
}

/** Keeps that somebody looked at the preview of a run; of several looks, the last. */
export async function recordLook(
  sql: ISql,
  { article, version, run, account }: { article: string; version: number; run: string; account: string },
): Promise<void> {
  await sql`
    insert into preview_look (article, version, run, account) values (${article}, ${version}, ${run}, ${account})
    on conflict (article, run, account) do update set looked_at = clock_timestamp()`
}

/** Selects who looked at the preview of a run, the last first. */
export async function looksAt(sql: ISql, article: string, run: string): Promise<PreviewLook[]> {
  return sql<PreviewLook[]>`
    select account, to_char(looked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from preview_look where article = ${article} and run = ${run} order by looked_at desc, account`
}
