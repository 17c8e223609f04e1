import type { Sql } from '@continuum/service'
import { decideIngest } from '../rules/ingest-rules.ts'
import { decidePublish, type Publish } from '../rules/publish-rules.ts'
import type { Submission } from '../rules/submission.ts'
import { changeArticle, logEvent, publishPreview, removeContent, replaceRun, storeContent } from './write-store.ts'

/** The options of a write. */
export interface WriteOptions {
  force: boolean
  hold: boolean
  /** Return what would happen, and change nothing. */
  dryRun: boolean
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
  return changeArticle(sql, submission.article, options, async (tx, state) => {
    const { kind, stage, date } = decideIngest(state, { ...submission, ...options })
    const stored = state.find((content) => content.version === submission.version && content.stage === stage)
    if (kind === 'done') return stored?.updated ?? now
    if (stage === 'published') await removeContent(tx, submission, 'preview')
    if (kind === 'same') {
      await replaceRun(tx, submission, stage, submission.run)
      return stored?.updated ?? now
    }
    await storeContent(tx, submission, stage, { date, now })
    await logEvent(tx, { ...submission, event: 'ingest', stage, forced: options.force, date, at: now })
    return now
  })
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
  options: { dryRun: boolean },
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  return changeArticle(sql, wanted.article, options, async (tx, state) => {
    const { kind, date } = decidePublish(state, wanted, now)
    if (kind === 'publish') {
      await publishPreview(tx, wanted, date)
      await logEvent(tx, { ...wanted, event: 'publish', stage: 'published', forced: wanted.force, date, at: now })
    }
    return date
  })
}
