import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'
import type { PendingQuery, TransactionSql } from 'postgres'
import { stateWith, type ArticleState, type Stage, type StoredContent } from '../rules/article-state.ts'
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

/** The article as a change finds it. */
export interface Before {
  readonly state: ArticleState
  readonly fragments: readonly Fragment[]
}

/** The result of a change. */
export interface Change<T> {
  readonly outcome: T
  /** The queries that make it and that are not sent yet. */
  readonly queries: readonly Query[]
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
  work: (tx: TransactionSql, before: Before) => Promise<Change<T>>,
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
      const { outcome, queries } = await work(tx, { state: stateOf(contents), fragments: fragmentsIn(fragments) })
      resolve(outcome)
      const changed = pipeline([...queries, tx`select pg_notify(${changedChannel}, ${article})`])
      const [, [after, [shown]]] = await Promise.all([
        changed,
        pipeline([selectContents(tx, article), selectShown(tx, article)]),
      ])
      const stale = staleIn(after)
      if (stale.length > 0 || shown?.shown !== before?.shown) {
        await pipeline([refreshPresentation(tx, article, stale), indexArticle(tx, article, before?.shown)])
      }
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
  about: { state: ArticleState; columns: ContentColumns; date: Temporal.Instant | undefined; now: Temporal.Instant },
): Query {
  const { state, columns, date, now } = about
  const { article, version, run, status, fingerprint, given } = submission
  const content = {
    version,
    stage,
    run,
    status,
    fingerprint,
    updated: now,
    ...(given && { given }),
    ...(date && { date }),
  }
  // Where its presentation depends on no other content, it is right at once, and need not be written a second time.
  const alone = stateWith(state, content)
  const shown = alone.length === 1 ? present(alone).get(content) : undefined
  const changed = {
    run,
    given: given ? toDate(given) : null,
    date: date ? toDate(date) : null,
    updated: toDate(now),
    fingerprint,
    head: shown ? JSON.stringify(shown.head) : '',
    ...columns,
  }
  const flags = shown && { newest: shown.newest, newest_published: shown.newestPublished }
  const added = { article, version, stage, ...changed, ...flags }
  return tx`
    insert into content ${tx(added)}
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

interface PresentationRow {
  version: number
  stage: Stage
  head: string
  newest: boolean
  newest_published: boolean
}

interface StateRow extends PresentationRow {
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
    select version, stage, status, run, fingerprint, given, date, updated, head, newest, newest_published
    from content where article = ${article} order by version, stage`
}

function stateOf(rows: readonly StateRow[]): ArticleState {
  return rows.map(contentIn)
}

function contentIn({ version, stage, status, run, fingerprint, given, date, updated }: StateRow): StoredContent {
  return {
    version,
    stage,
    status,
    run,
    fingerprint,
    ...(given && { given: fromDate(given) }),
    ...(date && { date: fromDate(date) }),
    updated: fromDate(updated),
  }
}

/** The presentations that are not as stored, given what is stored of the other contents. */
function staleIn(rows: readonly StateRow[]): readonly PresentationRow[] {
  return Array.from(present(stateOf(rows)), ([{ version, stage }, { head, newest, newestPublished }]) => ({
    version,
    stage,
    head: JSON.stringify(head),
    newest,
    newest_published: newestPublished,
  })).filter((now, index) => {
    const stored = rows[index]
    return now.head !== stored?.head || now.newest !== stored.newest || now.newest_published !== stored.newest_published
  })
}

/** One query, so that what only moves from one version to another changes no total. */
function refreshPresentation(tx: TransactionSql, article: string, stale: readonly PresentationRow[]): Query {
  return tx`
    update content as stored set head = now.head, newest = now.newest, newest_published = now.newest_published
    from jsonb_to_recordset(${JSON.stringify(stale)}::text::jsonb)
      as now (version integer, stage text, head text, newest boolean, newest_published boolean)
    where stored.article = ${article} and stored.version = now.version and stored.stage = now.stage`
}
