import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { fromDate, toDate } from '../rules/instants.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { logEvent } from './content-rows.ts'
import { changeArticle } from './write-store.ts'
import { findWithdrawal, type Withdrawal } from './withdrawal.ts'

/**
 * Withdraws an article: nothing of it is public any more, at once, in every answer and in the search. Its versions are kept, and
 * come back with `reinstate`. A repetition changes who and why.
 *
 * @returns the number of versions that were public
 * @throws RuleViolationError record-not-found if nothing of it was public
 */
export function withdraw(sql: Sql, article: string, { who, why }: Withdrawal, now: Temporal.Instant): Promise<number> {
  return changeArticle(sql, article, { dryRun: false, withdrawn: 'allowed' }, async (tx, { state }) => {
    const before = await findWithdrawal(tx, article)
    const versions = state.filter(({ stage }) => stage === 'published').length
    if (versions === 0 && !before) {
      throw new RuleViolationError(
        'record-not-found',
        `refusing to withdraw article '${article}', of which nothing is public`,
      )
    }
    const row = { article, who, why, at: toDate(now) }
    await tx`insert into withdrawal ${tx(row)} on conflict (article) do update set who = excluded.who, why = excluded.why`
    await tx`insert into withdrawn_content select * from content where article = ${article} and stage = 'published'`
    await tx`delete from content where article = ${article} and stage = 'published'`
    if (!before) await logEvent(tx, { article, event: 'withdraw', forced: false, name: who, at: now })
    return { outcome: versions, queries: [] }
  })
}

/**
 * Makes a withdrawn article public again, as it was.
 *
 * @returns the number of versions that are public again; 0 if it was not withdrawn
 */
export function reinstate(sql: Sql, article: string, who: string, now: Temporal.Instant): Promise<number> {
  return changeArticle(sql, article, { dryRun: false, withdrawn: 'allowed' }, async (tx) => {
    const { count } = await restore(tx, article)
    if (count > 0) await logEvent(tx, { article, event: 'reinstate', forced: false, name: who, at: now })
    return { outcome: count, queries: [] }
  })
}

/** The instant at which a version became public, though its article may be withdrawn since; undefined where it never was. */
export async function storedDate(sql: Sql, article: string, version: number): Promise<Temporal.Instant | undefined> {
  const [row] = await sql<{ date: Date }[]>`
    select date from content where article = ${article} and version = ${version} and stage = 'published'
    union all select date from withdrawn_content where article = ${article} and version = ${version}`
  return row && fromDate(row.date)
}

async function restore(tx: TransactionSql, article: string): Promise<{ count: number }> {
  await tx`delete from withdrawal where article = ${article}`
  const { count } = await tx`insert into content select * from withdrawn_content where article = ${article}`
  await tx`delete from withdrawn_content where article = ${article}`
  return { count }
}
