import { allRuns, type VersionRun } from '../history/article.ts'
import { deliveryOf, namedVersion } from '../history/delivery.ts'
import { judgePublication } from '../rules/publishable.ts'
import { byBeginning } from '../history/runs.ts'
import { runStateOf } from '../rules/run-state.ts'
import type { Article, ArticleRequest, KnownRun, Version } from '../history/model.ts'

/**
 * Returns the current runs of an article: highest version first, then those whose version is not known. Each has its own
 * row in the lists, so that no version hides another that is waiting, failed or in progress.
 *
 * - The newest run of each version is current. If it has failed or was dismissed, an earlier run that can still be
 *   published, or is being published, is current as well.
 * - A run that ended before its version was known is current until a later delivery of its kind starts.
 * - Every waiting delivery is current.
 */
export function currentRuns(article: Article, requests: readonly ArticleRequest[]): VersionRun[] {
  const versions = article.versions.toReversed()
  return [
    ...versions.filter(({ number }) => number > 0).flatMap((version) => currentOfVersion(article, version, requests)),
    ...versions.filter(({ number }) => number === 0).flatMap((version) => ofUnknownVersion(article, version)),
    ...versions.flatMap((version) => version.runs.filter(({ waiting }) => waiting).map((run) => ({ version, run }))),
  ]
}

function currentOfVersion(article: Article, version: Version, requests: readonly ArticleRequest[]): VersionRun[] {
  if (version.runs.length === 0) return version === article.versions.at(-1) ? [{ version }] : []
  const current: VersionRun[] = []
  for (const run of version.runs.filter(({ waiting }) => !waiting).toReversed()) {
    const state = runStateOf(run, requests)
    if (current.length === 0 || isStillPublishable(article, version, run, requests)) current.push({ version, run })
    if (state !== 'failed' && state !== 'dismissed') break
  }
  return current
}

/** Checks that a run other than the version's newest can still be published, or is being published. */
function isStillPublishable(
  article: Article,
  version: Version,
  run: KnownRun,
  requests: readonly ArticleRequest[],
): boolean {
  const state = runStateOf(run, requests)
  if (state === 'requested' || state === 'publishing') return true
  return judgePublication(article, requests, { version: version.number, run: run.id }).allowed
}

function ofUnknownVersion(article: Article, version: Version): VersionRun[] {
  const runs = allRuns(article).filter(({ waiting }) => !waiting)
  return version.runs
    .filter((run) => !run.waiting && !runs.some((later) => byBeginning(later, run) > 0 && supersedes(later, run)))
    .map((run) => ({ version, run }))
}

/** Checks that a later run supersedes one: always if that never ended, and only with the same kind of package if it failed. */
function supersedes(later: KnownRun, run: KnownRun): boolean {
  if (!run.failure) return true
  const [next, failed] = [deliveryOf(later), deliveryOf(run)]
  return !next || !failed || namedVersion(next) === namedVersion(failed)
}
