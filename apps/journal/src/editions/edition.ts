import type { Eif } from './eif.ts'

/**
 * What the site knows of an article version: one edition, or two.
 *
 * - *preview*: posted, and shown only through a preview link; beside a published edition it is a correction that waits.
 * - *published*: what every reader gets.
 */
export type Stage = 'preview' | 'published'

export interface Edition {
  readonly stage: Stage
  /** The document as it was posted. */
  readonly eif: Eif
  /** The passage through the pipeline that posted it; absent where the sender names none. */
  readonly run?: string
  /** What readers are told; only a published edition has it. */
  readonly dates?: Dates
}

export interface Dates {
  /** When the article's first version became public. */
  readonly published: Temporal.Instant
  /** When a later version became public, or what the document gives as such. */
  readonly updated?: Temporal.Instant
}

/** The editions of one version. */
export interface Editions {
  readonly preview?: Edition
  readonly published?: Edition
}
