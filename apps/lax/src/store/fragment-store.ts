import type { Sql } from '@continuum/service'
import type { Journal } from '@continuum/article'
import type { TransactionSql } from 'postgres'
import type { ArticleState } from '../rules/article-state.ts'
import { renderWithFragments, type Fragment } from '../rules/fragments.ts'
import { toDate } from '../rules/instants.ts'
import { isJsonObject, type Json } from '../rules/json.ts'
import { sourceOf } from '../rules/rendering.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { contentColumns, logEvent, readFragments, type ArticleEvent, type ContentColumns } from './content-rows.ts'
import { announce } from './outbox.ts'
import { changeArticle } from './write-store.ts'

/** The article of a fragment, and the journals that tell what its article JSON must have. */
export interface FragmentAddress {
  readonly article: string
  readonly name: string
  readonly journal: Journal
  readonly journals: readonly Journal[]
}

/**
 * Adds a fragment to an article, or replaces the one of that name in its place, and renders all versions again.
 *
 * @returns false where there is no such article
 * @throws RuleViolationError where a version would become invalid; nothing is changed
 */
export function putFragment(sql: Sql, to: FragmentAddress, object: Json, now: Temporal.Instant): Promise<boolean> {
  return changeFragments(sql, to, { event: 'fragment', name: to.name, now }, async (tx) => {
    await keepFragment(tx, to, object, now)
    return true
  })
}

/** Keeps a fragment within `changeFragments`. */
export async function keepFragment(
  tx: TransactionSql,
  { article, name }: Pick<FragmentAddress, 'article' | 'name'>,
  object: Json,
  now: Temporal.Instant,
): Promise<void> {
  await tx`
    insert into fragment (article, name, object, updated)
    values (${article}, ${name}, ${JSON.stringify(object)}, ${toDate(now)})
    on conflict (article, name) do update set object = excluded.object, updated = excluded.updated`
}

/**
 * Deletes a fragment and renders all versions again.
 *
 * @returns false where there is no such article or fragment
 * @throws RuleViolationError where a version would be invalid without it; nothing is changed
 */
export function deleteFragment(sql: Sql, of: FragmentAddress, now: Temporal.Instant): Promise<boolean> {
  return changeFragments(sql, of, { event: 'fragment removed', name: of.name, now }, (tx) => dropFragment(tx, of))
}

/** Deletes a fragment within `changeFragments`. @returns false where there is none */
export async function dropFragment(
  tx: TransactionSql,
  { article, name }: Pick<FragmentAddress, 'article' | 'name'>,
): Promise<boolean> {
  const removed = await tx`delete from fragment where article = ${article} and name = ${name}`
  return removed.count > 0
}

/**
 * Changes the fragments of an article in one transaction, and renders all its versions again.
 *
 * @param logged the event, and the name that the event log keeps with it
 * @param change returns false where nothing is to be rendered again
 */
export function changeFragments(
  sql: Sql,
  { article, journal, journals }: Omit<FragmentAddress, 'name'>,
  logged: { event: ArticleEvent['event']; name: string; now: Temporal.Instant },
  change: (tx: TransactionSql, state: ArticleState) => Promise<boolean>,
): Promise<boolean> {
  const { event, name, now } = logged
  return changeArticle(sql, article, { dryRun: false }, async (tx, { state }) => {
    if (state.length === 0 || !(await change(tx, state))) return { outcome: false, queries: [] }
    const fragments = await readFragments(tx, article)
    for (const row of await readContents(tx, article)) {
      const source = row.source === null ? sourceOf(row) : parseObject(row.source)
      const columns = contentColumns(source, fragments, renderVersion(row, source, fragments, { journal, journals }))
      await tx`
        update content set ${tx(columns)}
        where article = ${article} and version = ${row.version} and stage = ${row.stage}`
    }
    const queries = [logEvent(tx, { article, event, name, forced: false, at: now }), ...announce(tx, article)]
    return { outcome: true, queries }
  })
}

interface ContentRow extends Pick<ContentColumns, 'source' | 'body' | 'history' | 'related'> {
  version: number
  stage: string
  relatedExternal: string
  relatedPreprints: string
}

function readContents(tx: TransactionSql, article: string): Promise<ContentRow[]> {
  return tx<ContentRow[]>`
    select version, stage, source, body, history, related,
      related_external as "relatedExternal", related_preprints as "relatedPreprints"
    from content where article = ${article} order by version, stage`
}

function renderVersion(
  { version }: ContentRow,
  source: Json,
  fragments: readonly Fragment[],
  { journal, journals }: Pick<FragmentAddress, 'journal' | 'journals'>,
) {
  try {
    return renderWithFragments(source, fragments, journal, journals)
  } catch (error) {
    if (!(error instanceof RuleViolationError)) throw error
    throw new RuleViolationError(error.code, `version ${version}: ${error.message}`, error.problems)
  }
}

function parseObject(text: string): Json {
  const value: unknown = JSON.parse(text)
  return isJsonObject(value) ? value : {}
}
