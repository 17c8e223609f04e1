import type { Journal } from '@continuum/article'
import { PermanentFailure } from '@continuum/workflow-core'

/** Thrown when a run is of a journal that this process is not told of. */
export class UnknownJournal extends PermanentFailure {}

/**
 * The journal whose files begin so.
 * @throws {UnknownJournal}
 */
export function journalOf(journals: readonly Journal[], prefix: string): Journal {
  const journal = journals.find((each) => each.prefix === prefix)
  if (journal) return journal
  throw new UnknownJournal(`No journal with the file prefix "${prefix}" is among the settings (JOURNALS).`)
}
