import { allRuns, isPublished } from '../history/article.ts'
import { deliveryOf, namedVersion, type Delivery } from '../history/delivery.ts'
import { microseconds } from '../history/instant.ts'
import { replacedBy } from './publishable.ts'
import { byBeginning } from '../history/runs.ts'
import { isUnfinished, runStateOf } from './run-state.ts'
import type { Article, ArticleRequest, KnownRun } from '../history/model.ts'

export type RerunVerdict =
  | { allowed: true; delivery: Delivery; version: number }
  | { allowed: false; reason: string; version: number | null }

/**
 * Whether a run's package may be delivered once more, as a new run, and if not, why: in a sentence for a production
 * editor. It is for what has come to nothing: the run failed, or a newer one has taken its place.
 *
 * A package whose name says no version becomes the version that comes next: once its own is published, the same package
 * would be published as another one.
 */
export function judgeRerun(
  article: Article | undefined,
  requests: readonly ArticleRequest[],
  id: string,
): RerunVerdict {
  const version = article?.versions.find(({ runs }) => runs.some((run) => run.id === id))
  const run = version?.runs.find((one) => one.id === id)
  const refuse = (reason: string) => ({ allowed: false, reason, version: version?.number ?? null }) as const
  if (!article || !version || !run) return refuse('No such run has arrived.')
  const delivery = deliveryOf(run)
  if (!delivery) return refuse('Which package this run came from is not known: put it in the bucket again.')
  const state = runStateOf(run, requests)
  if (state === 'waiting' || isUnfinished(state)) return refuse('This run is still under way.')
  if (pendingRerun(article, requests, run)) return refuse('That is asked for already; the bot has not taken it up yet.')
  const later = namedVersion(delivery) === undefined && allRuns(article).some((other) => isPublishedSince(run, other))
  if (later) {
    return refuse(
      'A version is published since: this package would become the next one. If that is meant, put it in the bucket again.',
    )
  }
  if (state !== 'failed' && state !== 'set aside' && !replacedBy(run, version))
    return refuse('This run has not failed.')
  return { allowed: true, delivery, version: version.number }
}

function isPublishedSince(run: KnownRun, other: KnownRun): boolean {
  return isPublished(other) && (byBeginning(other, run) >= 0 || (run.version > 0 && other.version >= run.version))
}

/** The last request to run this package again, while no run of it has begun since. */
export function pendingRerun(
  article: Article,
  requests: readonly ArticleRequest[],
  run: KnownRun,
): ArticleRequest | undefined {
  const last = requests.findLast((one) => one.kind === 'run again' && one.run === run.id && one.result === 'queued')
  return last && !rerunOf(article, last) ? last : undefined
}

/** The run that a request to run a package again led to. */
export function rerunOf(article: Article, request: ArticleRequest): KnownRun | undefined {
  const runs = allRuns(article)
  const first = runs.find(({ id }) => id === request.run)
  const file = first && deliveryOf(first)?.file_name
  return runs.find((run) => {
    const delivery = deliveryOf(run)
    // The instant of its delivery is the one at which it was asked for, to the millisecond.
    return delivery?.file_name === file && delivery !== undefined && isAt(delivery.event_time, request.at)
  })
}

function isAt(instant: string, unixMilliseconds: number): boolean {
  return Math.abs(microseconds(instant) / 1000 - unixMilliseconds) < 1
}
