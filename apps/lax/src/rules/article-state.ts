import type { ArticleStatus } from '@continuum/article'

/**
 * What the rules know of an article: the contents it has, at most two for each version.
 *
 * - *preview*: ingested, seen only with the service's credential. Beside a published content of the same version it is
 *   a *held correction*, which takes that content's place when it is published by force.
 * - *published*: what everybody sees.
 */
export type Stage = 'preview' | 'published'

export interface StoredContent {
  readonly version: number
  readonly stage: Stage
  readonly status: ArticleStatus
  /** The passage through the pipeline that brought this content, a UUID. */
  readonly run: string
  /** Equal for equal article JSON. */
  readonly fingerprint: string
  /** `published` as the article JSON gives it; absent where it is null or no instant. */
  readonly given?: Temporal.Instant
  /** When this version became public. Only published contents have it. */
  readonly date?: Temporal.Instant
  /** When this content was stored. */
  readonly updated: Temporal.Instant
}

export type ArticleState = readonly StoredContent[]

export function contentOf(state: ArticleState, version: number, stage: Stage): StoredContent | undefined {
  return state.find((content) => content.version === version && content.stage === stage)
}
