import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { contentOf, type ArticleState } from '../rules/article-state.ts'
import { decideIngest } from '../rules/ingest-rules.ts'
import { decidePublish, type Publish } from '../rules/publish-rules.ts'
import type { Submission } from '../rules/submission.ts'
import {
  changeArticle,
  logEvent,
  publishPreview,
  readState,
  removeContent,
  replaceRun,
  storeContent,
  type ChangeOptions,
} from './write-store.ts'

/** The options of a write. */
export interface WriteOptions extends ChangeOptions {
  force: boolean
  hold: boolean
}

/**
 * Ingests article JSON.
 *
 * @returns the time at which the present content was stored: now, or earlier where the content is the same
 * @throws RuleViolationError where a rule forbids it
 */
export function ingest(
  sql: Sql,
  submission: Submission,
  options: WriteOptions,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  return changeArticle(sql, submission.article, options, (tx, state) => ingestIn(tx, state, submission, options, now))
}

/**
 * Publishes what a run ingested.
 *
 * @returns the publication date of the version
 * @throws RuleViolationError where a rule forbids it
 */
export function publish(
  sql: Sql,
  wanted: Publish,
  options: ChangeOptions,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  return changeArticle(sql, wanted.article, options, (tx, state) => publishIn(tx, state, wanted, now))
}

/**
 * Ingests article JSON and publishes it, both or neither.
 *
 * @param options.date as for `publish`
 * @returns the publication date of the version
 * @throws RuleViolationError where a rule forbids one of them
 */
export function ingestAndPublish(
  sql: Sql,
  submission: Submission,
  options: Omit<WriteOptions, 'hold'> & { date?: Temporal.Instant | undefined },
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  const { article, version, run } = submission
  const { force, date } = options
  return changeArticle(sql, article, options, async (tx, state) => {
    await ingestIn(tx, state, submission, { ...options, hold: false }, now)
    const wanted = { article, version, run, force, ...(date && { date }) }
    return publishIn(tx, await readState(tx, article), wanted, now)
  })
}

async function ingestIn(
  tx: TransactionSql,
  state: ArticleState,
  submission: Submission,
  options: Pick<WriteOptions, 'force' | 'hold'>,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  const { kind, stage, date } = decideIngest(state, { ...submission, ...options })
  if (stage === 'published') await removeContent(tx, submission, 'preview')
  if (kind === 'same') {
    await replaceRun(tx, submission, stage, submission.run)
    const stored = state.find((content) => content.version === submission.version && content.stage === stage)
    return stored?.updated ?? now
  }
  await storeContent(tx, submission, stage, { date, now })
  await logEvent(tx, { ...submission, event: 'ingest', stage, forced: options.force, date, at: now })
  return now
}

async function publishIn(
  tx: TransactionSql,
  state: ArticleState,
  wanted: Publish,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  const { kind, date } = decidePublish(state, wanted, now)
  const preview = contentOf(state, wanted.version, 'preview')
  if (kind === 'publish' && preview) {
    const { run } = preview
    await publishPreview(tx, wanted, date)
    await logEvent(tx, { ...wanted, run, event: 'publish', stage: 'published', forced: wanted.force, date, at: now })
  }
  return date
}
