import type { ArticleStatus } from '@continuum/article'

/**
 * The stage of a content. An article version has at most one content of each stage.
 *
 * - *preview*: ingested, visible only with the token. Beside a published content of the same version it is a *held
 *   correction*, which replaces that content when it is published by force.
 * - *published*: visible to everybody.
 */
export type Stage = 'preview' | 'published'

export interface StoredContent {
  readonly version: number
  readonly stage: Stage
  readonly status: ArticleStatus
  /** The run of the pipeline that ingested this content, a UUID. */
  readonly run: string
  /** Equal for equal article JSON. */
  readonly fingerprint: string
  /** `published` of the article JSON; absent where it is null or not an instant. */
  readonly given?: Temporal.Instant
  /** The publication date of this version; only published contents have it. */
  readonly date?: Temporal.Instant
  /** The time at which this content was stored. */
  readonly updated: Temporal.Instant
}

export type ArticleState = readonly StoredContent[]

/** The state once a content is stored: it takes the place of the one of its stage, and a published one that of a preview too. */
export function stateWith(state: ArticleState, content: StoredContent): ArticleState {
  const { version, stage } = content
  const others = state.filter((one) => one.version !== version || (one.stage !== stage && stage !== 'published'))
  return [...others, content]
}

export function contentOf(state: ArticleState, version: number, stage: Stage): StoredContent | undefined {
  return state.find((content) => content.version === version && content.stage === stage)
}
