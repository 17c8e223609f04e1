import { allRuns, isPublished } from '../history/article.ts'
import { deliveryOf, namedVersion, type Delivery } from '../history/delivery.ts'
import { microseconds } from '../history/instant.ts'
import { replacedBy } from './publishable.ts'
import { byBeginning } from '../history/runs.ts'
import { isUnfinished, runStateOf } from './run-state.ts'
import type { Article, ArticleRequest, KnownRun } from '../history/model.ts'

/** The decision whether a run's package may be run again. */
export type RerunVerdict =
  | { allowed: true; delivery: Delivery; version: number }
  | { allowed: false; reason: string; version: number | null }

/**
 * Decides whether a run's package may be run again, as a new run: only if the run failed or was replaced by a newer one.
 * A refusal has a reason for a production editor to read.
 *
 * A package whose name has no version becomes the next version: once its own version is published, running it again would
 * publish the same package as another version.
 */
export function judgeRerun(
  article: Article | undefined,
  requests: readonly ArticleRequest[],
  id: string,
): RerunVerdict {
  const version = article?.versions.find(({ runs }) => runs.some((run) => run.id === id))
  const run = version?.runs.find((one) => one.id === id)
  const refuse = (reason: string) => ({ allowed: false, reason, version: version?.number ?? null }) as const
  if (!article || !version || !run) return refuse('This run has not arrived.')
  const delivery = deliveryOf(run)
  if (!delivery) return refuse('The package of this run is not known. Upload it to the bucket again.')
  const state = runStateOf(run, requests)
  if (state === 'waiting' || isUnfinished(state)) return refuse('This run is still in progress.')
  if (pendingRerun(article, requests, run)) return refuse('A rerun has already been requested; it has not started yet.')
  const later = namedVersion(delivery) === undefined && allRuns(article).some((other) => isPublishedSince(run, other))
  if (later) {
    return refuse(
      'A version has been published since, so this package would become the next version. If you want that, upload it to the bucket again.',
    )
  }
  if (state !== 'failed' && state !== 'dismissed' && !replacedBy(run, version))
    return refuse('This run has not failed.')
  return { allowed: true, delivery, version: version.number }
}

function isPublishedSince(run: KnownRun, other: KnownRun): boolean {
  return isPublished(other) && (byBeginning(other, run) >= 0 || (run.version > 0 && other.version >= run.version))
}

/** Returns the last request to run this package again, if that run has not begun yet. */
export function pendingRerun(
  article: Article,
  requests: readonly ArticleRequest[],
  run: KnownRun,
): ArticleRequest | undefined {
  const last = requests.findLast((one) => one.kind === 'run again' && one.run === run.id && one.result === 'queued')
  return last && !rerunOf(article, last) ? last : undefined
}

/** Returns the run that a rerun request led to. */
export function rerunOf(article: Article, request: ArticleRequest): KnownRun | undefined {
  const runs = allRuns(article)
  const first = runs.find(({ id }) => id === request.run)
  const file = first && deliveryOf(first)?.file_name
  return runs.find((run) => {
    const delivery = deliveryOf(run)
    // The delivery's event time is the time of the request, to the millisecond.
    return delivery?.file_name === file && delivery !== undefined && isAt(delivery.event_time, request.at)
  })
}

function isAt(instant: string, unixMilliseconds: number): boolean {
  return Math.abs(microseconds(instant) / 1000 - unixMilliseconds) < 1
}
