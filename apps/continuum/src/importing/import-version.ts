import { archiveName } from '@continuum/article'
import { importMetadata, importsFolder, type DeliveryData } from '@continuum/messages'
import { mayPass } from '../errors/may-pass.ts'
import { oneLine } from '../errors/one-line.ts'
import { UserError } from '../errors/user-error.ts'
import type { ImportedVersion } from './import-list.ts'
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
  /** Waits before the environment is asked again, at most until the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
}

/** The result for one version; `stopped` without a reason where the import was interrupted. */
export interface Outcome {
  readonly result: 'imported' | 'kept' | 'held' | 'refused' | 'stopped'
  readonly reason?: string
}

/** The dependencies and options of the import of a version. */
export interface ImportingVersion {
  readonly source: PackageSource
  readonly target: ImportTarget
  /** Recipients get it, too. */
  readonly deposits: boolean
  readonly signal: AbortSignal
}

/** Imports a version, where it is not public yet. What is under way is followed; a version that a person has hidden stays so. */
export async function importVersion(version: ImportedVersion, importing: ImportingVersion): Promise<Outcome> {
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
    if (before.status === 'hidden') return hidden
    // An earlier import that was killed has asked for it already, or has not: the same request again is the same run.
    const isAgain = before.status === 'error'
    const delivery = await requestRun(version, key, importing, isAgain)
    const outcome = await outcomeOf(version, importing, isAgain ? before.message : undefined)
    if (outcome.result === 'imported') await target.remove(delivery.file_name)
    return outcome
  } catch (error) {
    if (error instanceof UserError) return { result: 'refused', reason: error.message }
    if (!mayPass(error)) throw error
    return { result: 'stopped', ...(!signal.aborted && { reason: oneLine(error) }) }
  }
}

async function requestRun(
  { package: name, published }: ImportedVersion,
  key: string,
  { source, target, deposits }: ImportingVersion,
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
const pauseMilliseconds = 1000

const hidden: Outcome = { result: 'held', reason: 'it is hidden on the dashboard: a person has to look at it' }

/** Waits until the version is public, or it is clear that it will not be. */
async function outcomeOf(
  { articleId, version, published }: ImportedVersion,
  { target, signal }: ImportingVersion,
  formerFailure: string | undefined,
): Promise<Outcome> {
  let pausesLeft = formerFailure === undefined ? 0 : maxPauses
  while (!signal.aborted) {
    const { status, message } = await target.stateOf(articleId, version)
    // The failure of the run before is told until the new one has begun.
    pausesLeft = status === 'error' ? pausesLeft - 1 : 0
    if (status === 'published') {
      const date = (await target.publicVersions(articleId)).get(version)
      if (date !== undefined) return isSame(date, published) ? { result: 'imported' } : otherDate(date, published)
    }
    if (status === 'error' && pausesLeft <= 0) return { result: 'refused', reason: message }
    if (status === 'ready to publish') return { result: 'held', reason: 'a person has to look at it on the dashboard' }
    if (status === 'hidden') return hidden
    await target.pause(pauseMilliseconds, signal)
  }
  return { result: 'stopped' }
}

const isSame = (one: string, other: string) => Temporal.Instant.compare(one, other) === 0

function otherDate(date: string, told: string): Outcome {
  return { result: 'refused', reason: `it is public already since ${date}, and the list says ${told}` }
}
