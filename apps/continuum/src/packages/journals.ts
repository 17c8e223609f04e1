import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { journalsOf, journalWithDefaults, JournalSettingsError, type Journal } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import { UserError } from '../errors/user-error.ts'

/** Reads the journals of an environment, or the one of a journal's file. */
export async function readJournals(
  { journal, env }: { readonly journal?: string; readonly env: string },
  base: string,
): Promise<readonly Journal[]> {
  if (journal === undefined) return journalsOf((await loadEnvironment(env)).journals)
  const path = resolve(base, journal)
  try {
    return [journalWithDefaults(JSON.parse(await readFile(path, 'utf8')))]
  } catch (error) {
    const reason =
      error instanceof JournalSettingsError || error instanceof SyntaxError
        ? error.message
        : 'there is no such file to read'
    throw new UserError(
      `${journal}: ${reason.replace(/\.$/, '')}. Expected is the JSON file of a journal: docs/your-journal.md.`,
    )
  }
}
