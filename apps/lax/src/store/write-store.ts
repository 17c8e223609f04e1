import type { ArticleStatus } from '@continuum/article'
import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import type { ArticleState, Stage, StoredContent } from '../rules/article-state.ts'
import { fromDate, toDate } from '../rules/instants.ts'
import { present } from '../rules/presentation.ts'
import type { Submission } from '../rules/submission.ts'
import type { ContentColumns } from './content-rows.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { indexArticle } from './search-store.ts'
import { findWithdrawal } from './withdrawal.ts'

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
  work: (tx: TransactionSql, state: ArticleState) => Promise<T>,
): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>()
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended(${`lax article ${article}`}, 0))`
      if (options.withdrawn !== 'allowed') await refuseWithdrawn(tx, article)
      const outcome = await work(tx, await readState(tx, article))
      resolve(outcome)
      await refreshPresentation(tx, article)
      await indexArticle(tx, article)
      await tx`select pg_notify(${changedChannel}, ${article})`
      if (options.dryRun) throw new DryRunError()
      await options.record?.(tx, outcome)
    })
  } catch (error) {
    if (!(error instanceof DryRunError)) throw error
  }
  return promise
}

/** Stores a content with the fragments of its article, replacing the one of its stage. */
export async function storeContent(
  tx: TransactionSql,
  submission: Submission,
  stage: Stage,
  { columns, date, now }: { columns: ContentColumns; date: Temporal.Instant | undefined; now: Temporal.Instant },
): Promise<void> {
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
  await tx`
    insert into content ${tx(row)}
    on conflict (article, version, stage) do update set ${tx(changed)}`
}

/** Refuses a change of a withdrawn article: a delivery does not bring it back unnoticed. */
async function refuseWithdrawn(tx: TransactionSql, article: string): Promise<void> {
  const found = await findWithdrawal(tx, article)
  if (!found) return
  throw new RuleViolationError(
    'withdrawn',
    `article '${article}' was withdrawn by ${found.who} (${found.why}). Reinstate it first: continuum withdraw ${article} --undo`,
  )
}

interface VersionAddress {
  article: string
  version: number
}

export async function removeContent(tx: TransactionSql, of: VersionAddress, stage: Stage): Promise<void> {
  await tx`delete from content where article = ${of.article} and version = ${of.version} and stage = ${stage}`
}

/** Replaces the run of a content. */
export async function replaceRun(tx: TransactionSql, of: VersionAddress, stage: Stage, run: string): Promise<void> {
  await tx`
    update content set run = ${run}
    where article = ${of.article} and version = ${of.version} and stage = ${stage}`
}

/** Publishes the preview of a version. */
export async function publishPreview(tx: TransactionSql, of: VersionAddress, date: Temporal.Instant): Promise<void> {
  await removeContent(tx, of, 'published')
  await tx`
    update content set stage = 'published', date = ${toDate(date)}
    where article = ${of.article} and version = ${of.version} and stage = 'preview'`
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
  const rows = await tx<StateRow[]>`
    select version, stage, status, run, fingerprint, given, date, updated
    from content where article = ${article} order by version, stage`
  return rows.map(({ given, date, updated, ...row }): StoredContent => ({
    ...row,
    ...(given && { given: fromDate(given) }),
    ...(date && { date: fromDate(date) }),
    updated: fromDate(updated),
  }))
}

/** In one statement, so that what only moves from one version to another changes no total. */
async function refreshPresentation(tx: TransactionSql, article: string): Promise<void> {
  const rows = Array.from(
    present(await readState(tx, article)),
    ([{ version, stage }, { head, newest, newestPublished }]) => ({
      version,
      stage,
      head: JSON.stringify(head),
      newest,
      newest_published: newestPublished,
    }),
  )
  await tx`
    update content as stored set head = now.head, newest = now.newest, newest_published = now.newest_published
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as now (version integer, stage text, head text, newest boolean, newest_published boolean)
    where stored.article = ${article} and stored.version = now.version and stored.stage = now.stage
      and (stored.head, stored.newest, stored.newest_published) is distinct from (now.head, now.newest, now.newest_published)`
}
