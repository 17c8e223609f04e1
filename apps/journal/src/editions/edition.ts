import type { Eif } from './eif.ts'

/**
 * The stage of an edition. The site has at most one edition of each stage of an article version.
 *
 * - *preview*: posted, and visible only through a preview link; beside a published edition it is a waiting correction.
 * - *published*: visible to every reader.
 */
export type Stage = 'preview' | 'published'

export interface Edition {
  readonly stage: Stage
  /** The document as it was posted. */
  readonly eif: Eif
  /** The run of the pipeline that posted it; absent where the sender names none. */
  readonly run?: string
  /** The dates that readers see; only a published edition has them. */
  readonly dates?: Dates
  /** Its article is retracted; said in lists. */
  readonly retracted?: boolean
}

export interface Dates {
  /** The publication date of version 1. */
  readonly published: Temporal.Instant
  /** The publication date of a later version, or the one that the document gives. */
  readonly updated?: Temporal.Instant
}

/** The publication date of version 1, as exactly as it is known: `2012-12-13`, or the month or year that the XML gives, `2026-04`. */
export function publicationDateOf({ eif, dates }: Pick<Edition, 'eif' | 'dates'>): string | undefined {
  return dates && (eif['publication-date'] ?? dates.published.toString().slice(0, 10))
}

/** The editions of one version. */
export interface Editions {
  readonly preview?: Edition
  readonly published?: Edition
}
