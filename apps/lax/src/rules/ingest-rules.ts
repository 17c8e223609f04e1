import type { ArticleStatus } from '@continuum/article'
import { contentOf, type ArticleState, type Stage } from './article-state.ts'
import { RuleViolationError } from './rule-violation.ts'

/** A request to ingest article JSON as a version: the values that the rules use. */
export interface Ingest {
  readonly version: number
  /** The run of the pipeline that ingests, a UUID. */
  readonly run: string
  readonly status: ArticleStatus
  readonly fingerprint: string
  /** `published` of the article JSON. */
  readonly given: Temporal.Instant | undefined
  /** Replace content that is public already (a silent correction). */
  readonly force: boolean
  /** With `force`: keep the new content as a preview beside the public one until it is published by force. */
  readonly hold: boolean
}

/**
 * The outcome of an ingest: content is stored in `stage`, or the same content is there and only its run is replaced, so
 * that the newest run can be published. A held correction that is not the outcome itself is dropped: a newer delivery has
 * overtaken it. `done`: the run is public already, and nothing changes.
 */
export interface IngestOutcome {
  readonly kind: 'store' | 'same' | 'done'
  readonly stage: Stage
  /** The date of content that is stored as published: version 1 follows its article JSON, a later version keeps its date. */
  readonly date?: Temporal.Instant
}

/** Decides an ingest. @throws RuleViolationError with the first rule that it breaks; see the table in the tests */
export function decideIngest(state: ArticleState, ingest: Ingest): IngestOutcome {
  const { version, run, fingerprint, given, force, hold } = ingest
  const preview = contentOf(state, version, 'preview')
  const published = contentOf(state, version, 'published')
  if (!preview && !published) checkSequence(state, version)
  checkStatus(state, ingest)

  if (!published) return { kind: preview?.fingerprint === fingerprint ? 'same' : 'store', stage: 'preview' }
  // The run is public with this content: its request again, as after a failure that lost the first answer.
  if (published.run === run && published.fingerprint === fingerprint) return { kind: 'done', stage: 'published' }
  if (!force) {
    throw new RuleViolationError(
      'already-published',
      'refusing to ingest new article data on an already published article version.',
    )
  }
  if (published.fingerprint === fingerprint) return { kind: 'same', stage: 'published' }
  if (!hold) {
    const date = (version === 1 ? given : undefined) ?? published.date
    return { kind: 'store', stage: 'published', ...(date && { date }) }
  }
  return { kind: preview?.fingerprint === fingerprint ? 'same' : 'store', stage: 'preview' }
}

/** A new version follows the highest one, which must be public. Force does not help. */
function checkSequence(state: ArticleState, version: number): void {
  const highest = Math.max(0, ...state.map((content) => content.version))
  if (highest === 0 && version !== 1) {
    throw new RuleViolationError(
      'previous-version-does-not-exist',
      'refusing to ingest new article version out of sequence. no other article versions exist so a v1 was expected.',
    )
  }
  if (highest > 0 && !contentOf(state, highest, 'published')) {
    throw new RuleViolationError(
      'previous-version-unpublished',
      'refusing to ingest new article version when previous article version is still unpublished.',
    )
  }
  if (version !== highest + 1) {
    throw new RuleViolationError(
      'previous-version-does-not-exist',
      'refusing to ingest new article version out of sequence.',
    )
  }
}

/** Without this rule a PoA that is delivered late would hide the version of record from readers. */
function checkStatus(state: ArticleState, { version, status, force }: Ingest): void {
  const record = state.find((content) => content.status === 'vor' && content.version < version)
  if (status === 'poa' && record && !force) {
    throw new RuleViolationError(
      'poa-after-vor',
      `refusing to ingest version ${version} as a PoA: version ${record.version} is already a version of record.`,
    )
  }
}
