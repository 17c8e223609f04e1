import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import {
  parseMark,
  planRebuild,
  type Archive,
  type ArchivedMark,
  type ArchivedObject,
  type RetractionMark,
} from '@continuum/package'
import { Type } from 'typebox'
import { callService, type Service } from '../withdrawal/call-service.ts'
import { readPostedVersion, type ArchiveSource, type PostedVersion } from './archived-version.ts'
import { isGone, isPublic } from './site-state.ts'

/** The result for one object of the archive. */
export interface SiteRebuilt {
  readonly key: string
  readonly result: 'made' | 'kept' | 'failed' | 'unknown'
  readonly article?: string
  readonly version?: number
  readonly reason?: string
}

/** The dependencies of a rebuild of the site. */
export interface SiteRebuilding extends ArchiveSource {
  readonly site: Service
  readonly dryRun: boolean
  /** Tells the dashboard of a version that is public. */
  readonly tell: (archive: Archive, version: PostedVersion) => Promise<void>
  /** Tells the dashboard of an article that is withdrawn, and why. */
  readonly tellWithdrawn: (mark: ArchivedMark, why: string) => Promise<void>
  /** Called for each object, with the number of those that are done and of all. */
  readonly done: (rebuilt: SiteRebuilt, count: number, all: number) => void
}

/**
 * Makes the site again from an archive bucket: each version that was published, under its date, and what is withdrawn or retracted. What the
 * site has already is kept as it is, so a rebuild that was interrupted may be run again.
 */
export async function rebuildSite(rebuilding: SiteRebuilding): Promise<void> {
  const { articles, marks, unknown } = planRebuild(await objectsIn(rebuilding), rebuilding.journals)
  const all = articles.flat().length + marks.length + unknown.length
  let count = 0
  const done = (rebuilt: SiteRebuilt) => rebuilding.done(rebuilt, ++count, all)
  for (const key of unknown) done({ key, result: 'unknown', reason: 'its name is not that of an archived version' })
  for (const versions of articles) {
    const article = versions[0]?.article ?? ''
    let answer: Promise<boolean> | undefined
    const gone = () => (answer ??= isGone(rebuilding.site, article))
    for (const archive of versions)
      done(await attempt(archive, async () => rebuildVersion(archive, rebuilding, await gone())))
    for (const mark of marks.filter((each) => each.article === article))
      done(await attempt(mark, async () => setMark(mark, rebuilding, await gone())))
  }
  const made = new Set(articles.flat().map(({ article }) => article))
  for (const mark of marks.filter(({ article }) => !made.has(article)))
    done({
      key: mark.key,
      article: mark.article,
      result: 'failed',
      reason: 'the archive has no version of the article',
    })
}

async function attempt(
  { key, article, version }: { key: string; article: string; version?: number },
  make: () => Promise<'made' | 'kept'>,
): Promise<SiteRebuilt> {
  const about = { key, article, ...(version !== undefined && { version }) }
  try {
    return { ...about, result: await make() }
  } catch (error) {
    return { ...about, result: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

const Edition = Type.Object({ publish: Type.Boolean() })

async function rebuildVersion(archive: Archive, rebuilding: SiteRebuilding, gone: boolean): Promise<'made' | 'kept'> {
  const { site, dryRun } = rebuilding
  const { article, version } = archive
  const isThere = gone || (await isPublic(site, archive))
  if (dryRun) return isThere ? 'kept' : 'made'
  const posted = await readPostedVersion(archive, rebuilding)
  if (!isThere) {
    const body = datedEif(posted, version)
    const headers = { 'x-continuum-run': posted.run }
    await callService(Edition, site, { method: 'PUT', path: `/api/article/${article}.${version}.json`, body, headers })
  }
  await rebuilding.tell(archive, posted)
  return isThere ? 'kept' : 'made'
}

/** The document that is public at once, under the date that it had: a later version is updated on the day of its publication. */
function datedEif({ eif, published }: PostedVersion, version: number): object {
  const dates = version > 1 ? { update: eif['update'] ?? published } : { 'pub-date': eif['pub-date'] ?? published }
  return { ...eif, ...dates, publish: true }
}

async function setMark(mark: ArchivedMark, rebuilding: SiteRebuilding, gone: boolean): Promise<'made' | 'kept'> {
  const { site, dryRun } = rebuilding
  const { article, kind } = mark
  const result = gone ? 'kept' : 'made'
  if (dryRun || (gone && kind === 'retraction')) return result
  const { why: reason, notice, at } = await readMark(mark, rebuilding)
  const retraction = { date: at.slice(0, 10), reason, ...(notice !== undefined && { notice }) }
  const order =
    kind === 'withdrawal'
      ? { path: `/api/withdraw/${article}`, body: { reason } }
      : { path: `/api/retract/${article}`, body: retraction }
  if (!gone) await callService(Type.Unknown(), site, { method: 'PUT', ...order })
  if (kind === 'withdrawal') await rebuilding.tellWithdrawn(mark, reason)
  return result
}

type Mark = Pick<RetractionMark, 'why' | 'notice' | 'at'>

async function readMark({ key, told }: ArchivedMark, { s3, bucket }: ArchiveSource): Promise<Mark> {
  if (!told) return { why: 'This article has been withdrawn.', at: '' }
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return parseMark((await Body?.transformToString()) ?? '')
}

async function objectsIn({ s3, bucket }: ArchiveSource): Promise<ArchivedObject[]> {
  const objects: ArchivedObject[] = []
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    for (const { Key, LastModified } of Contents)
      if (Key !== undefined) objects.push({ key: Key, modified: LastModified?.getTime() ?? 0 })
  }
  return objects
}
