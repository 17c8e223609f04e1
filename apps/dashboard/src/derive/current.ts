import { allRuns, type Place } from './article.ts'
import { deliveryOf, namedVersion } from './delivery.ts'
import { judgePublication } from './publishable.ts'
import { byBeginning } from './runs.ts'
import { standingOf } from './standing.ts'
import type { Article, ArticleRequest, KnownRun, Version } from './words.ts'

/**
 * What of an article is current, highest version first, then the runs whose version is not known: each has a row of its
 * own in the lists, so that no version hides what waits, fails or runs beside it.
 *
 * - Of a version that is its newest run. Where that has failed, or was set aside, an earlier run that can still be
 *   published, or is being published, is current as well.
 * - A run that ended before its version was known is current until a later delivery of its kind sets out.
 * - Every delivery that waits for its turn is.
 */
export function currentRuns(article: Article, requests: readonly ArticleRequest[]): Place[] {
  const versions = article.versions.toReversed()
  return [
    ...versions.filter(({ number }) => number > 0).flatMap((version) => currentOfVersion(article, version, requests)),
    ...versions.filter(({ number }) => number === 0).flatMap((version) => ofUnknownVersion(article, version)),
    ...versions.flatMap((version) => version.runs.filter(({ waiting }) => waiting).map((run) => ({ version, run }))),
  ]
}

function currentOfVersion(article: Article, version: Version, requests: readonly ArticleRequest[]): Place[] {
  if (version.runs.length === 0) return version === article.versions.at(-1) ? [{ version }] : []
  const current: Place[] = []
  for (const run of version.runs.filter(({ waiting }) => !waiting).toReversed()) {
    const standing = standingOf(run, requests)
    if (current.length === 0 || isStillGood(article, version, run, requests)) current.push({ version, run })
    if (standing !== 'failed' && standing !== 'set aside') break
  }
  return current
}

/** Whether an earlier run than the version's newest is more than history. */
function isStillGood(article: Article, version: Version, run: KnownRun, requests: readonly ArticleRequest[]): boolean {
  const standing = standingOf(run, requests)
  if (standing === 'requested' || standing === 'publishing') return true
  return judgePublication(article, requests, { version: version.number, run: run.id }).allowed
}

function ofUnknownVersion(article: Article, version: Version): Place[] {
  const runs = allRuns(article).filter(({ waiting }) => !waiting)
  return version.runs
    .filter((run) => !run.waiting && !runs.some((later) => byBeginning(later, run) > 0 && overtakes(later, run)))
    .map((run) => ({ version, run }))
}

/** A later run proves one that never ended to be over; what failed it makes good only where it is of the same kind. */
function overtakes(later: KnownRun, run: KnownRun): boolean {
  if (!run.failure) return true
  const [mended, broken] = [deliveryOf(later), deliveryOf(run)]
  return !mended || !broken || namedVersion(mended) === namedVersion(broken)
}
