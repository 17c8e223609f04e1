import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'
import type { PendingQuery, TransactionSql } from 'postgres'
import type { ArticleState, Stage, StoredContent } from '../rules/article-state.ts'
import { fromDate, toDate } from '../rules/instants.ts'
import { present } from '../rules/presentation.ts'
import type { Submission } from '../rules/submission.ts'
import type { Fragment } from '../rules/fragments.ts'
import { fragmentsIn, selectFragments, type ContentColumns } from './content-rows.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { pipeline, type Query } from './pipeline.ts'
import { indexArticle, selectShown } from './search-store.ts'
import { selectWithdrawal, type Withdrawal } from './withdrawal.ts'

/** The channel on which every process is notified of the id of an article that changed. */
export const changedChannel = 'lax_article_changed'

/** Thrown in a successful transaction to roll it back. */
class DryRunError extends Error {
  override readonly name = 'DryRunError'
}

/** The options of every change. */
export interface ChangeOptions<T = Temporal.Instant> {
  /** Return what would happen, and change nothing. */
  dryRun: boolean
  /**
   * Writes in the same transaction once the outcome is known, so that it is there if and only if the change is. Not called
   * on a dry run.
   */
  record?: ((tx: TransactionSql, outcome: T) => Promise<void>) | undefined
  /** `allowed`: the change is made of a withdrawn article, too. */
  withdrawn?: 'allowed'
}

/** What a change finds. */
export interface Before {
  readonly state: ArticleState
  readonly fragments: readonly Fragment[]
}

/**
 * Changes one article in a transaction: a lock keeps others from changing it, and no change is visible before the end.
 * The presentation of its contents is refreshed last.
 *
 * @param options.dryRun do everything, then roll it back
 * @throws the error of `work`, with nothing changed
 */
export async function changeArticle<T>(
  sql: Sql,
  article: string,
  options: ChangeOptions<T>,
  work: (tx: TransactionSql, before: Before) => Promise<T>,
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>()
  try {
    await sql.begin(async (tx) => {
      const [, [withdrawal], contents, fragments, [before]] = await pipeline([
        tx`select pg_advisory_xact_lock(hashtextextended(${`lax article ${article}`}, 0))`,
        selectWithdrawal(tx, article),
        selectContents(tx, article),
        selectFragments(tx, article),
        selectShown(tx, article),
      ])
      if (withdrawal && options.withdrawn !== 'allowed') throw refusal(article, withdrawal)
      const outcome = await work(tx, { state: stateOf(contents), fragments: fragmentsIn(fragments) })
      resolve(outcome)
      await pipeline([
        refreshPresentation(tx, article, await readState(tx, article)),
        indexArticle(tx, article, before?.shown),
        tx`select pg_notify(${changedChannel}, ${article})`,
      ])
      if (options.dryRun) throw new DryRunError()
      await options.record?.(tx, outcome)
    })
  } catch (error) {
    if (!(error instanceof DryRunError)) throw error
  }
  return promise
}

/** The query that stores a content with the fragments of its article, replacing the one of its stage. */
export function storeContent(
  tx: TransactionSql,
  submission: Submission,
  stage: Stage,
  { columns, date, now }: { columns: ContentColumns; date: Temporal.Instant | undefined; now: Temporal.Instant },
): Query {
  const row = {
    article: submission.article,
    version: submission.version,
    stage,
    run: submission.run,
    given: submission.given ? toDate(submission.given) : null,
    date: date ? toDate(date) : null,
    updated: toDate(now),
    fingerprint: submission.fingerprint,
    head: '',
    ...columns,
  }
  const { article: _, version: __, stage: ___, ...changed } = row
  return tx`
    insert into content ${tx(row)}
    on conflict (article, version, stage) do update set ${tx(changed)}`
}

/** The refusal of a change of a withdrawn article: a delivery does not bring it back unnoticed. */
function refusal(article: string, { who, why }: Withdrawal): RuleViolationError {
  return new RuleViolationError(
    'withdrawn',
    `article '${article}' was withdrawn by ${who} (${why}). Reinstate it first: continuum withdraw ${article} --undo`,
  )
}

interface VersionAddress {
  article: string
  version: number
}

/** The query that removes a content. */
export function removeContent(tx: TransactionSql, of: VersionAddress, stage: Stage): Query {
  return tx`delete from content where article = ${of.article} and version = ${of.version} and stage = ${stage}`
}

/** The query that replaces the run of a content. */
export function replaceRun(tx: TransactionSql, of: VersionAddress, stage: Stage, run: string): Query {
  return tx`
    update content set run = ${run}
    where article = ${of.article} and version = ${of.version} and stage = ${stage}`
}

/** The queries that publish the preview of a version. */
export function publishPreview(tx: TransactionSql, of: VersionAddress, date: Temporal.Instant): [Query, Query] {
  return [
    removeContent(tx, of, 'published'),
    tx`
      update content set stage = 'published', date = ${toDate(date)}
      where article = ${of.article} and version = ${of.version} and stage = 'preview'`,
  ]
}

interface StateRow {
  version: number
  stage: Stage
  status: ArticleStatus
  run: string
  fingerprint: string
  given: Date | null
  date: Date | null
  updated: Date
}

/** Reads the state of an article, as far as this transaction has changed it. */
export async function readState(tx: TransactionSql, article: string): Promise<ArticleState> {
  return stateOf(await selectContents(tx, article))
}

function selectContents(tx: TransactionSql, article: string): PendingQuery<StateRow[]> {
  return tx<StateRow[]>`
    select version, stage, status, run, fingerprint, given, date, updated
    from content where article = ${article} order by version, stage`
}

function stateOf(rows: readonly StateRow[]): ArticleState {
  return rows.map(({ given, date, updated, ...row }): StoredContent => ({
    ...row,
    ...(given && { given: fromDate(given) }),
    ...(date && { date: fromDate(date) }),
    updated: fromDate(updated),
  }))
}

/** One query, so that what only moves from one version to another changes no total. */
function refreshPresentation(tx: TransactionSql, article: string, state: ArticleState): Query {
  const rows = Array.from(present(state), ([{ version, stage }, { head, newest, newestPublished }]) => ({
    version,
    stage,
    head: JSON.stringify(head),
    newest,
    newest_published: newestPublished,
  }))
  return tx`
    update content as stored set head = now.head, newest = now.newest, newest_published = now.newest_published
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as now (version integer, stage text, head text, newest boolean, newest_published boolean)
    where stored.article = ${article} and stored.version = now.version and stored.stage = now.stage
      and (stored.head, stored.newest, stored.newest_published) is distinct from (now.head, now.newest, now.newest_published)`
}
