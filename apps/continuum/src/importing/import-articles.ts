import pLimit from 'p-limit'
import type { ImportedVersion, ImportList } from './import-list.ts'
import { importVersion, type ImportingVersion, type Outcome } from './import-version.ts'
import { patientTarget } from './patient-target.ts'

/**
 * The result for one line: `imported`; `kept`, for it was public before under the same date; `held`, for a person has to look at it; `refused`,
 * with the reason; `stopped`, for the import was interrupted, or a service did not answer for minutes.
 */
export interface Imported extends Outcome {
  readonly package: string
  readonly article?: string
  readonly version?: number
  readonly published?: string
}

/** The dependencies and options of an import. */
export interface Importing extends ImportingVersion {
  /** Articles that are under way at once. */
  readonly atOnce: number
  /** Called when a service does not answer, with the time until it is asked again. */
  readonly onRetry: (reason: string, milliseconds: number) => void
  /** Called for each line, with the number of those that are done and of all. */
  readonly done: (imported: Imported, count: number, all: number) => void
}

/**
 * Imports a journal's published articles: each version by the pipeline, one after another of an article, under the date that the list says. What is
 * public already is kept, and what is under way is followed, so an import that was killed at any moment may be begun again. Where a service does
 * not answer for minutes, nothing more is begun.
 */
export async function importArticles({ articles, refused }: ImportList, importing: Importing): Promise<void> {
  const all = articles.flat().length + refused.length
  let count = 0
  const done = (imported: Imported) => importing.done(imported, ++count, all)
  for (const line of refused) done({ ...line, result: 'refused' })
  const gaveUp = new AbortController()
  const signal = AbortSignal.any([importing.signal, gaveUp.signal])
  const target = patientTarget(importing.target, { signal, onRetry: importing.onRetry })
  const limited = pLimit(importing.atOnce)
  const importOne = async (versions: readonly ImportedVersion[]) => {
    const { result, reason } = await importArticle(versions, { ...importing, target, signal }, done)
    if (result === 'stopped' && reason !== undefined) gaveUp.abort()
  }
  await Promise.all(articles.map((versions) => limited(() => importOne(versions))))
}

/** Imports an article's versions. Where one is not public afterwards, its later ones are not begun. @returns the outcome of the last that was */
async function importArticle(
  versions: readonly ImportedVersion[],
  importing: ImportingVersion,
  done: (imported: Imported) => void,
): Promise<Outcome> {
  let last: Outcome = { result: 'kept' }
  let missing: number | undefined
  for (const version of versions) {
    const { package: name, articleId: article, version: number, published } = version
    const about = { package: name, article, version: number, published }
    if (missing !== undefined) {
      done({ ...about, ...withoutEarlier(missing, last) })
      continue
    }
    last = await importVersion(version, importing)
    done({ ...about, ...last })
    if (last.result !== 'imported' && last.result !== 'kept') missing = number
  }
  return last
}

/** The outcome of a version after one that is not public: that was stopped, or has to be mended first. */
function withoutEarlier(missing: number, { result }: Outcome): Outcome {
  if (result === 'stopped') return { result }
  return { result: 'refused', reason: `version ${missing} of the article was not imported` }
}
