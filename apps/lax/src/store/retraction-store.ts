import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { isJsonObject } from '../rules/json.ts'
import { retractionFragment, type Retraction } from '../rules/retraction.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { readFragments } from './content-rows.ts'
import { changeFragments, dropFragment, keepFragment, type FragmentAddress } from './fragment-store.ts'

/**
 * Retracts an article: its text stays public, every version says so, and so does one that is delivered later. A repetition changes
 * the reason and the notice; the day stays.
 *
 * @returns the retraction as it is now
 * @throws RuleViolationError record-not-found where nothing of the article is public
 */
export async function retract(
  sql: Sql,
  of: Omit<FragmentAddress, 'name'>,
  { who, why, notice }: { who: string; why: string; notice?: string | undefined },
  now: Temporal.Instant,
): Promise<Retraction> {
  const { promise, resolve } = Promise.withResolvers<Retraction>()
  const done = await changeFragments(sql, of, { event: 'retract', name: who, now }, async (tx, state) => {
    if (!state.some(({ stage }) => stage === 'published')) return false
    const date = (await dateOfRetraction(tx, of.article)) ?? now.toString().slice(0, 10)
    const retraction = { date, reason: why, ...(notice !== undefined && { notice }) }
    await keepFragment(tx, { article: of.article, name: retractionFragment }, { retraction }, now)
    resolve(retraction)
    return true
  })
  if (!done) {
    throw new RuleViolationError(
      'record-not-found',
      `refusing to retract article '${of.article}', of which nothing is public`,
    )
  }
  return promise
}

/** Takes a retraction back. @returns false where the article was not retracted */
export function undoRetraction(
  sql: Sql,
  of: Omit<FragmentAddress, 'name'>,
  who: string,
  now: Temporal.Instant,
): Promise<boolean> {
  return changeFragments(sql, of, { event: 'retraction removed', name: who, now }, (tx) =>
    dropFragment(tx, { article: of.article, name: retractionFragment }),
  )
}

/** Tells whether an article is retracted. */
export async function isRetracted(sql: Sql, article: string): Promise<boolean> {
  const found = await sql`select 1 from fragment where article = ${article} and name = ${retractionFragment}`
  return found.length > 0
}

async function dateOfRetraction(tx: TransactionSql, article: string): Promise<string | undefined> {
  const fragment = (await readFragments(tx, article)).find(({ name }) => name === retractionFragment)
  const before = fragment?.value['retraction']
  const date = isJsonObject(before) ? before['date'] : undefined
  return typeof date === 'string' ? date : undefined
}
