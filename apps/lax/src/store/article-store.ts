import type { Journal } from '@continuum/article'
import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { checkShape } from '../rules/article-check.ts'
import { contentOf, type ArticleState } from '../rules/article-state.ts'
import { renderWithFragments, type Fragment } from '../rules/fragments.ts'
import { decideIngest } from '../rules/ingest-rules.ts'
import { decidePublish, type Publish } from '../rules/publish-rules.ts'
import { isJsonObject } from '../rules/json.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import type { Submission } from '../rules/submission.ts'
import { contentColumns, logEvent, type ContentColumns } from './content-rows.ts'
import { announce } from './outbox.ts'
import { pipeline } from './pipeline.ts'
import {
  changeArticle,
  publishPreview,
  readState,
  removeContent,
  replaceRun,
  storeContent,
  type Before,
  type Change,
  type ChangeOptions,
} from './write-store.ts'

/** The options of a write. */
export interface WriteOptions extends ChangeOptions {
  force: boolean
  hold: boolean
}

/** A publication, with the journal that says what its article JSON must have. */
type JournalPublish = Publish & { journal: Journal | undefined }

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
  return changeArticle(sql, submission.article, options, async (tx, before) =>
    ingestIn(tx, before, submission, options, now),
  )
}

/**
 * Publishes what a run ingested.
 *
 * @returns the publication date of the version
 * @throws RuleViolationError where a rule forbids it
 */
export function publish(
  sql: Sql,
  wanted: JournalPublish,
  options: ChangeOptions,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  return changeArticle(sql, wanted.article, options, (tx, { state }) => publishIn(tx, state, wanted, now))
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
  return changeArticle(sql, article, options, async (tx, before) => {
    await pipeline(ingestIn(tx, before, submission, { ...options, hold: false }, now).queries)
    const wanted = { article, version, run, force, journal: submission.journal, ...(date && { date }) }
    return publishIn(tx, await readState(tx, article), wanted, now)
  })
}

function ingestIn(
  tx: TransactionSql,
  { state, fragments }: Before,
  submission: Submission,
  options: Pick<WriteOptions, 'force' | 'hold'>,
  now: Temporal.Instant,
): Change<Temporal.Instant> {
  const { kind, stage, date } = decideIngest(state, { ...submission, ...options })
  const stored = contentOf(state, submission.version, stage)
  if (kind === 'done') return { outcome: stored?.updated ?? now, queries: [] }
  const overtaken = stage === 'published' ? [removeContent(tx, submission, 'preview')] : []
  if (kind === 'same') {
    const replaced = replaceRun(tx, submission, stage, submission.run)
    return { outcome: stored?.updated ?? now, queries: [...overtaken, replaced] }
  }
  const columns = withFragments(submission, fragments, options)
  return {
    outcome: now,
    queries: [
      ...overtaken,
      storeContent(tx, submission, stage, { state, columns, date, now }),
      logEvent(tx, { ...submission, event: 'ingest', stage, forced: options.force, date, at: now }),
      ...announce(tx, submission.article),
    ],
  }
}

async function publishIn(
  tx: TransactionSql,
  state: ArticleState,
  wanted: JournalPublish,
  now: Temporal.Instant,
): Promise<Change<Temporal.Instant>> {
  const { kind, date } = decidePublish(state, wanted, now)
  const preview = contentOf(state, wanted.version, 'preview')
  if (kind !== 'publish' || !preview) return { outcome: date, queries: [] }
  const { run } = preview
  await checkStored(tx, wanted)
  return {
    outcome: date,
    queries: [
      ...publishPreview(tx, wanted, date),
      logEvent(tx, { ...wanted, run, event: 'publish', stage: 'published', forced: wanted.force, date, at: now }),
      ...announce(tx, wanted.article),
    ],
  }
}

/** Checks the preview that would be published: what was stored long ago may not be valid by the schema of today. */
async function checkStored(
  tx: TransactionSql,
  { article, version, journal }: { article: string; version: number; journal: Journal | undefined },
): Promise<void> {
  const [preview] = await tx<{ body: string }[]>`
    select body from content where article = ${article} and version = ${version} and stage = 'preview'`
  const body: unknown = JSON.parse(preview?.body ?? '{}')
  try {
    checkShape(isJsonObject(body) ? body : {}, { publicApi: journal?.publicApi ?? false })
  } catch (error) {
    if (!(error instanceof RuleViolationError)) throw error
    const message = `refusing to publish an article '${article}v${version}' with invalid article-json: ${error.message}`
    throw new RuleViolationError(error.code, message, error.problems)
  }
}

/** The rendering of a submission with the fragments that its article has already. */
function withFragments(
  submission: Submission,
  fragments: readonly Fragment[],
  { force }: Pick<WriteOptions, 'force'>,
): ContentColumns {
  const { source, journal, journals } = submission
  if (fragments.length === 0) return contentColumns(source, fragments, submission)
  try {
    return contentColumns(source, fragments, renderWithFragments(source, fragments, journal, journals))
  } catch (error) {
    if (!(error instanceof RuleViolationError) || !force) throw error
    throw new RuleViolationError(
      error.code,
      `this article failed to merge it's fragments into a valid result and will not be saved to the database. ${error.message}`,
      error.problems,
    )
  }
}
