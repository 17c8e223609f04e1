import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JournalSettings } from '@continuum/article'
import type { ValidationError } from '../check/validation-error.ts'

/** A journal in an environment's file: the name of a file in `journals/`, without `.json`, or the settings themselves. */
export type NamedJournal = string | JournalSettings

/** The folder of the journals' files. */
export const journalsFolder = fileURLToPath(new URL('../../journals', import.meta.url))

/** Replaces the name of each journal with its settings; reports names without a file, with the known ones. */
export async function journalsNamed(
  named: readonly unknown[],
  folder: string,
): Promise<{ readonly journals: readonly unknown[]; readonly problems: readonly ValidationError[] }> {
  const files = join(folder, 'journals')
  const known = await readdir(files).catch((): string[] => [])
  const problems: ValidationError[] = []
  const journals = await Promise.all(
    named.map(async (journal, index) => {
      if (typeof journal !== 'string') return journal
      const path = `journals.${index}`
      if (!known.includes(`${journal}.json`)) {
        const names = known.flatMap((file) => (file.endsWith('.json') ? file.slice(0, -'.json'.length) : [])).toSorted()
        problems.push({
          path,
          text: `is "${journal}", which has no file in journals/. Known journals: ${names.join(', ') || 'none'}`,
        })
        return journal
      }
      try {
        const settings: unknown = JSON.parse(await readFile(join(files, `${journal}.json`), 'utf8'))
        return settings
      } catch (error) {
        problems.push({ path, text: `is "${journal}": journals/${journal}.json is not valid JSON (${String(error)})` })
        return journal
      }
    }),
  )
  return { journals, problems }
}
