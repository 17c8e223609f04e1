import type { Journal } from '@continuum/article'
import { PermanentFailure } from '@continuum/workflow-core'

/** Thrown when a run belongs to a journal that is not in this process's settings. */
export class UnknownJournalFailure extends PermanentFailure {}

/**
 * Finds the journal with a file prefix.
 * @throws {UnknownJournalFailure}
 */
export function journalOf(journals: readonly Journal[], prefix: string): Journal {
  const journal = journals.find((each) => each.prefix === prefix)
  if (journal) return journal
  throw new UnknownJournalFailure(`No journal in the settings (JOURNALS) has the file prefix "${prefix}".`)
}
