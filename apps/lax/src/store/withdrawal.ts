import type { Sql } from '@continuum/service'
import type { PendingQuery, TransactionSql } from 'postgres'

/** The withdrawal of an article. */
export interface Withdrawal {
  who: string
  /** Readers see it. */
  why: string
}

export async function findWithdrawal(sql: Sql | TransactionSql, article: string): Promise<Withdrawal | undefined> {
  const [found] = await selectWithdrawal(sql, article)
  return found
}

/** The query that finds whether an article is withdrawn. */
export function selectWithdrawal(sql: Sql | TransactionSql, article: string): PendingQuery<Withdrawal[]> {
  return sql<Withdrawal[]>`select who, why from withdrawal where article = ${article}`
}
