import type { Sql, TransactionSql } from 'postgres'

/** The channel on which the database notifies every web process of changes. */
export const changesChannel = 'dashboard_changes'

/** A change of an article, or of something else on the lists (null). */
export interface Change {
  article: string | null
}

/**
 * Applies a change in a transaction and notifies every web process when it is committed. Changes are serialized, so
 * readers of the feed see them in the order of arrival, and no row is derived from some of the messages only.
 *
 * @param article the article that changes, or null
 */
export async function applyChange<Result>(
  sql: Sql,
  article: string | null,
  change: (sql: TransactionSql) => Promise<Result>,
): Promise<Result> {
  return applyChanges(sql, async (transaction) => ({ result: await change(transaction), changed: [article] }))
}

/** Applies changes of several articles in one transaction: see `applyChange`. `changed` has those of which to notify. */
export async function applyChanges<Result>(
  sql: Sql,
  change: (sql: TransactionSql) => Promise<{ result: Result; changed: Iterable<string | null> }>,
): Promise<Result> {
  const box = await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('continuum dashboard changes'))`
    const { result, changed } = await change(transaction)
    const notices = [...new Set(changed)].map((article) => JSON.stringify({ article } satisfies Change))
    if (notices.length > 0)
      await transaction`select pg_notify(${changesChannel}, notice) from unnest(${notices}::text[]) as notice`
    return { result }
  })
  return box.result
}
