import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'

/** The withdrawal of an article. */
export interface Withdrawal {
  who: string
  /** Readers see it. */
  why: string
}

export async function findWithdrawal(sql: Sql | TransactionSql, article: string): Promise<Withdrawal | undefined> {
  const [found] = await sql<Withdrawal[]>`select who, why from withdrawal where article = ${article}`
  return found
}
