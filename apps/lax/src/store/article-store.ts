import type { Sql } from '@continuum/service'
import { decideIngest } from '../rules/ingest-rules.ts'
import { decidePublish, type Publish } from '../rules/publish-rules.ts'
import type { Submission } from '../rules/submission.ts'
import { changeArticle, logEvent, publishPreview, removeContent, renewRun, storeContent } from './write-store.ts'

/** How a write is meant. */
export interface WriteOptions {
  force: boolean
  hold: boolean
  /** Answer what would happen, and change nothing. */
  dryRun: boolean
}

/**
 * Ingests article JSON.
 *
 * @returns when the content that is now there was stored: now, or earlier where it is the same content
 * @throws RuleViolationError where a rule forbids it
 */
export function ingest(
  sql: Sql,
  submission: Submission,
  wish: WriteOptions,
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  return changeArticle(sql, submission.article, wish, async (tx, state) => {
    const { kind, stage, date } = decideIngest(state, { ...submission, ...wish })
    if (stage === 'published') await removeContent(tx, submission, 'preview')
    if (kind === 'same') {
      await renewRun(tx, submission, stage, submission.run)
      const stored = state.find((content) => content.version === submission.version && content.stage === stage)
      return stored?.updated ?? now
    }
    await storeContent(tx, submission, stage, { date, now })
    await logEvent(tx, { ...submission, event: 'ingest', stage, forced: wish.force, date, at: now })
    return now
  })
}

/**
 * Publishes what a run brought.
 *
 * @returns the date of the version
 * @throws RuleViolationError where a rule forbids it
 */
export function publish(
  sql: Sql,
  wanted: Publish,
  wish: { dryRun: boolean },
  now: Temporal.Instant,
): Promise<Temporal.Instant> {
  return changeArticle(sql, wanted.article, wish, async (tx, state) => {
    const { kind, date } = decidePublish(state, wanted, now)
    if (kind === 'publish') {
      await publishPreview(tx, wanted, date)
      await logEvent(tx, { ...wanted, event: 'publish', stage: 'published', forced: wanted.force, date, at: now })
    }
    return date
  })
}
