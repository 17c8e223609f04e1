import type { PendingQuery, Row } from 'postgres'

/** A query of a transaction that is not sent yet and whose rows nobody reads. */
export type Query = PendingQuery<Row[]>

interface Sendable extends PromiseLike<unknown> {
  execute: () => unknown
}

/**
 * Sends queries one behind another without waiting for their answers. The database does them in this order, each as if those before
 * it had been waited for; after one that fails it does none.
 *
 * @returns their rows, in order
 * @throws the error of the first that fails
 */
export function pipeline<const Queries extends readonly Sendable[]>(
  queries: Queries,
): Promise<{ -readonly [Key in keyof Queries]: Awaited<Queries[Key]> }> {
  for (const query of queries) query.execute()
  return Promise.all(queries)
}
