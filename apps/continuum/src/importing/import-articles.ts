import { archiveName } from '@continuum/article'
import { importMetadata, importsFolder, type DeliveryData } from '@continuum/messages'
import pLimit from 'p-limit'
import { UserError } from '../errors/user-error.ts'
import type { ImportedVersion, ImportList } from './import-list.ts'
import type { PackageSource } from './package-source.ts'

/** The state of a version in the environment. */
export interface VersionState {
  /** The dashboard's publication status: `published`, `error`, `publication in progress`...; null where it knows none. */
  readonly status: string | null
  /** The reason of an error. */
  readonly message: string
}

/** The environment that articles are imported into. */
export interface ImportTarget {
  /** The bucket that the pipeline reads imports from. */
  readonly bucket: string
  /** The dates of an article's public versions, by version. */
  readonly publicVersions: (articleId: string) => Promise<ReadonlyMap<number, string>>
  readonly stateOf: (articleId: string, version: number) => Promise<VersionState>
  /** Asks the pipeline for a run of a package. The same request again is the same run. */
  readonly request: (delivery: DeliveryData) => Promise<void>
  readonly remove: (key: string) => Promise<void>
  /** Waits before the environment is asked again. */
  readonly pause: () => Promise<void>
}

/**
 * The result for one line: `imported`; `kept`, for it was public before under the same date; `held`, for a person has to look at it; `refused`,
 * with the reason; `stopped`, for the import was interrupted.
 */
export interface Imported {
  readonly package: string
  readonly result: 'imported' | 'kept' | 'held' | 'refused' | 'stopped'
  readonly article?: string
  readonly version?: number
  readonly published?: string
  readonly reason?: string
}

/** The dependencies and options of an import. */
export interface Importing {
  readonly source: PackageSource
  readonly target: ImportTarget
  /** Recipients get them, too. */
  readonly deposits: boolean
  /** Articles that are under way at once. */
  readonly atOnce: number
  readonly signal: AbortSignal
  /** Called for each line, with the number of those that are done and of all. */
  readonly done: (imported: Imported, count: number, all: number) => void
}

/**
 * Imports a journal's published articles: each version by the pipeline, one after another of an article, under the date that the list says. What is
 * public already is kept, and what is under way is followed, so an import that was killed at any moment may be begun again.
 */
export async function importArticles({ articles, refused }: ImportList, importing: Importing): Promise<void> {
  const all = articles.flat().length + refused.length
  let count = 0
  const done = (imported: Imported) => importing.done(imported, ++count, all)
  for (const line of refused) done({ ...line, result: 'refused' })
  const limited = pLimit(importing.atOnce)
  await Promise.all(articles.map((versions) => limited(() => importArticle(versions, importing, done))))
}

async function importArticle(
  versions: readonly ImportedVersion[],
  importing: Importing,
  done: (imported: Imported) => void,
): Promise<void> {
  let missing: number | undefined
  for (const version of versions) {
    const { package: name, articleId: article, version: number, published } = version
    const about = { package: name, article, version: number, published }
    if (missing !== undefined) {
      done({ ...about, result: 'refused', reason: `version ${missing} of the article was not imported` })
      continue
    }
    const outcome = await importVersion(version, importing)
    done({ ...about, ...outcome })
    if (outcome.result !== 'imported' && outcome.result !== 'kept') missing = number
  }
}

type Outcome = Pick<Imported, 'result' | 'reason'>

async function importVersion(version: ImportedVersion, importing: Importing): Promise<Outcome> {
  const { target, signal } = importing
  const { articleId, version: number, published } = version
  if (signal.aborted) return { result: 'stopped' }
  try {
    const there = await target.publicVersions(articleId)
    const date = there.get(number)
    const key = importsFolder + archiveName(version.journal, articleId, version.status, number, published)
    if (date !== undefined) {
      if (!isSame(date, published)) return otherDate(date, published)
      // An import that was killed has left it.
      await target.remove(key)
      return { result: 'kept' }
    }
    const next = Math.max(0, ...there.keys()) + 1
    if (number !== next)
      return { result: 'refused', reason: `version ${next} of ${articleId} is not public, so ${number} cannot be` }
    const before = await target.stateOf(articleId, number)
    // An earlier import that was killed has asked for it already, or has not: the same request again is the same run.
    const isAgain = before.status === 'error'
    const delivery = await requestRun(version, key, importing, isAgain)
    const outcome = await outcomeOf(version, importing, isAgain ? before.message : undefined)
    if (outcome.result === 'imported') await target.remove(delivery.file_name)
    return outcome
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { result: 'refused', reason: error.message }
  }
}

async function requestRun(
  { package: name, published }: ImportedVersion,
  key: string,
  { source, target, deposits }: Importing,
  isAgain: boolean,
): Promise<DeliveryData> {
  const { bucket } = target
  const { etag, bytes } = await source.put(name, { bucket, key }, deposits ? { [importMetadata.deposits]: 'yes' } : {})
  const delivery: DeliveryData = {
    event_name: 'Import',
    // Part of the run's identity: always the same, unless that run has failed.
    event_time: isAgain ? Temporal.Now.instant().toString() : published,
    bucket_name: bucket,
    file_name: key,
    file_etag: etag,
    file_size: bytes,
  }
  await target.request(delivery)
  return delivery
}

/** Pauses until a failure that was told before is taken as the new run's. */
const maxPauses = 60

/** Waits until the version is public, or it is clear that it will not be. */
async function outcomeOf(
  { articleId, version, published }: ImportedVersion,
  { target, signal }: Importing,
  formerFailure: string | undefined,
): Promise<Outcome> {
  let patience = formerFailure === undefined ? 0 : maxPauses
  while (!signal.aborted) {
    const { status, message } = await target.stateOf(articleId, version)
    // The failure of the run before is told until the new one has begun.
    patience = status === 'error' ? patience - 1 : 0
    if (status === 'published') {
      const date = (await target.publicVersions(articleId)).get(version)
      if (date !== undefined) return isSame(date, published) ? { result: 'imported' } : otherDate(date, published)
    }
    if (status === 'error' && patience <= 0) return { result: 'refused', reason: message }
    if (status === 'ready to publish') return { result: 'held', reason: 'a person has to look at it on the dashboard' }
    await target.pause()
  }
  return { result: 'stopped' }
}

const isSame = (one: string, other: string) => Temporal.Instant.compare(one, other) === 0

function otherDate(date: string, told: string): Outcome {
  return { result: 'refused', reason: `it is public already since ${date}, and the list says ${told}` }
}
