import { paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { planRebuild, type Archive, type ArchivedObject } from '@continuum/package'
import { readSubmission } from '../rules/submission.ts'
import { ingestAndPublish } from '../store/article-store.ts'
import { storedDate } from '../store/withdrawal-store.ts'
import { readArchive } from './read-archive.ts'
import { rebuildMark } from './rebuild-mark.ts'
import type { Rebuilding, Rebuilt } from './rebuilt.ts'
import { reinstateUnfinished, type ArchivedArticle } from './withdrawn.ts'

const articlesAtOnce = 4

/**
 * Makes the store again from an archive bucket: each version that was published, with its content, run and date, and what is withdrawn or
 * retracted. What the store has already is kept as it is, so a rebuild that was interrupted may be run again. An article's later versions are
 * not made where an earlier one is missing.
 */
export async function rebuild(rebuilding: Rebuilding): Promise<void> {
  const objects = await archivedObjects(rebuilding)
  const { articles, marks, unknown } = planRebuild(objects, rebuilding.journals)
  const all = articles.flat().length + marks.length + unknown.length
  let count = 0
  const done = (rebuilt: Rebuilt) => rebuilding.done(rebuilt, ++count, all)
  for (const key of unknown) {
    done({ key, result: 'unknown', reason: 'its name is not that of an archived version of a journal of this store' })
  }
  const next = articles[Symbol.iterator]()
  const marksOf = Map.groupBy(marks, ({ article }) => article)
  const work = async () => {
    for (const versions of next) {
      const article = versions[0]?.article ?? ''
      const ofArticle = marksOf.get(article) ?? []
      marksOf.delete(article)
      await rebuildArticle({ article, versions, marks: ofArticle }, rebuilding, done)
    }
  }
  await Promise.all(Array.from({ length: articlesAtOnce }, work))
  for (const mark of [...marksOf.values()].flat()) done(await rebuildMark(mark, rebuilding))
}

async function archivedObjects({ s3, bucket }: Rebuilding): Promise<ArchivedObject[]> {
  const objects: ArchivedObject[] = []
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
    for (const { Key: key, LastModified } of Contents) {
      if (key !== undefined) objects.push({ key, modified: LastModified?.getTime() ?? 0 })
    }
  }
  return objects
}

async function rebuildArticle(
  archived: ArchivedArticle,
  rebuilding: Rebuilding,
  done: (rebuilt: Rebuilt) => void,
): Promise<void> {
  const { article, versions, marks } = archived
  let withdrawAgain
  try {
    withdrawAgain = await reinstateUnfinished(archived, rebuilding)
  } catch (error) {
    const failed = { article, result: 'failed', reason: messageOf(error) } as const
    for (const { key, version } of versions) done({ ...failed, key, version })
    for (const { key, kind } of marks) done({ ...failed, key, mark: kind })
    return
  }
  const { withdrawal = [], retraction = [] } = Object.groupBy(marks, ({ kind }) => kind)
  try {
    await rebuildVersions(versions, rebuilding, done)
    for (const mark of retraction) done(await rebuildMark(mark, rebuilding))
  } finally {
    await withdrawAgain?.()
  }
  // At once after its last version: a withdrawn article is not to be public.
  for (const mark of withdrawal) done(await rebuildMark(mark, rebuilding))
}

async function rebuildVersions(
  versions: readonly Archive[],
  rebuilding: Rebuilding,
  done: (rebuilt: Rebuilt) => void,
): Promise<void> {
  let previous = 0
  for (const archive of versions) {
    const { key, article, version } = archive
    const about = { key, article, version }
    const there = await storedDate(rebuilding.sql, article, version)
    if (there) {
      done({ ...about, result: 'kept', published: there.toString() })
    } else if (version !== previous + 1) {
      done({
        ...about,
        result: 'failed',
        reason: `version ${previous + 1} of the article is not in the store, nor can it be made`,
      })
      continue
    } else {
      const rebuilt = await rebuildVersion(archive, rebuilding)
      done({ ...about, ...rebuilt })
      if (rebuilt.result === 'failed') continue
    }
    previous = version
  }
}

async function rebuildVersion(
  archive: Archive,
  { sql, journals, dryRun, now, ...reading }: Rebuilding,
): Promise<Pick<Rebuilt, 'result' | 'reason' | 'published' | 'exact'>> {
  const { article, version } = archive
  try {
    const { article: json, run, published, exact } = await readArchive(archive, { journals, ...reading })
    const submission = readSubmission({ article: json, run }, { article, version }, journals)
    const date = Temporal.Instant.from(published)
    // A dry run stores no version, so that the rules would refuse every second one.
    if (dryRun) return { result: 'made', published, exact }
    // A PoA after a version of record, and a correction of version 1 that moved its date, were forced at the time.
    const stored = await ingestAndPublish(
      sql,
      { ...submission, given: version === 1 ? date : submission.given },
      { force: true, dryRun, date },
      now(),
    )
    return { result: 'made', published: stored.toString(), exact }
  } catch (error) {
    return { result: 'failed', reason: messageOf(error) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
