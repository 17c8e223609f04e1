import type { Dates, Edition, Editions } from './edition.ts'
import { sameContent, type Eif } from './eif.ts'

/** The times on which the dates of an edition depend. */
export interface Moment {
  readonly now: Temporal.Instant
  /** The publication date of version 1, if it is published. */
  readonly first: Temporal.Instant | undefined
}

/**
 * Returns the edition that a posted document becomes. Posting removes nothing from readers: what is public stays, and
 * another document, or the same one of another run (whose text and files may differ), waits beside it until it is published.
 *
 * @param run absent where the sender names none
 */
export function editionOfPosted(editions: Editions, eif: Eif, run: string | undefined, moment: Moment): Edition {
  const { published } = editions
  const edition = { eif, ...(run && { run }) }
  if (eif.publish) return { ...edition, stage: 'published', dates: datesOf(eif, published, moment) }
  // Once a run is public, its document posted again is the same request, as after a failure that lost the first answer.
  const isPublic = published && (run ? run === published.run : sameContent(published.eif, eif))
  return isPublic ? published : { ...edition, stage: 'preview' }
}

/** The outcome of a request to publish: the edition that is (or was already) published, or the reason why none is. */
export type PublishOutcome = Edition | 'unknown' | 'superseded'

/**
 * Returns the edition that is public once `run` is published. Publishing may be repeated.
 *
 * @param run the run that was approved; absent where the sender names none, which takes whatever waits
 */
export function editionOfPublished(editions: Editions, run: string | undefined, moment: Moment): PublishOutcome {
  const { preview, published } = editions
  if (published && run && published.run === run) return published
  const stored = preview ?? published
  if (!stored) return 'unknown'
  if (run && stored.run && stored.run !== run) return 'superseded'
  if (!preview) return stored
  return { ...preview, stage: 'published', dates: datesOf(preview.eif, published, moment) }
}

/**
 * A later version has the date of version 1, whatever its document says, as it has in the article store: their XML may differ in it, and that of an
 * import is not the one of its list. Otherwise the dates of the document are kept; a later version that gives none is updated now.
 */
function datesOf(eif: Eif, replaced: Edition | undefined, { now, first }: Moment): Dates {
  const published =
    (eif.version > 1 ? first : undefined) ?? instantOf(eif['pub-date']) ?? replaced?.dates?.published ?? now
  const updated = instantOf(eif.update) ?? replaced?.dates?.updated ?? (eif.version > 1 ? now : undefined)
  return { published: inMilliseconds(published), ...(updated && { updated: inMilliseconds(updated) }) }
}

function instantOf(text: string | undefined): Temporal.Instant | undefined {
  return text === undefined ? undefined : Temporal.Instant.from(text)
}

/** As the database keeps it, so that the reply says what later replies say. */
function inMilliseconds(instant: Temporal.Instant): Temporal.Instant {
  return instant.round({ smallestUnit: 'millisecond', roundingMode: 'floor' })
}
