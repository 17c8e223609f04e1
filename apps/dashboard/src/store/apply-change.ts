import type { Sql, TransactionSql } from 'postgres'

/** The channel on which the database tells every web process that something changed. */
export const changesChannel = 'dashboard_changes'

/** What changed: an article, or something else that the lists show. */
export interface Change {
  article: string | null
}

/**
 * One change, in one transaction, that everybody is told of when it is done. Changes go one after the other: so the
 * order of arrival is the order in which readers of the feed see them, and no row is derived from half of what is said.
 *
 * @param article the article that changes, or null where it is none
 */
export async function applyChange<Result>(
  sql: Sql,
  article: string | null,
  change: (sql: TransactionSql) => Promise<Result>,
): Promise<Result> {
  const box = await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('continuum dashboard changes'))`
    const result = await change(transaction)
    await transaction`select pg_notify(${changesChannel}, ${JSON.stringify({ article } satisfies Change)})`
    return { result }
  })
  return box.result
}
