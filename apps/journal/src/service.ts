import { defineService } from '@continuum/service'
import { JournalSettings } from '@continuum/settings'

/** The journal's site, as a service. */
export const journal = defineService('journal', JournalSettings, async (start) =>
  (await import('./start-journal.ts')).startJournal(start),
)
