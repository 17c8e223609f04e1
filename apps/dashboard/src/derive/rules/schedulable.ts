import { allRuns } from '../history/article.ts'
import type { Article, ArticleRequest, KnownRun, RunState, Schedule } from '../history/model.ts'
import { runOf, type ActVerdict } from './dismissible.ts'
import { judgePublication } from './publishable.ts'
import { runStateOf } from './run-state.ts'

const whyNot: Record<Exclude<RunState, 'ready' | 'in progress' | 'waiting' | 'failed'>, string> = {
  requested: 'Its publication has been requested.',
  publishing: 'This run is being published.',
  published: 'This run is published.',
  hidden: 'This run is hidden.',
  dismissed: 'This run was dismissed. Restore it first.',
  repeated: 'This delivery has the files of the run before it: it is on no list.',
}

const allowed: ActVerdict = { allowed: true }

/** Checks that a run in this state is ready, or will be. */
export function isSchedulable(state: RunState): state is 'ready' | 'in progress' | 'waiting' {
  return state === 'ready' || state === 'in progress' || state === 'waiting'
}

/** Decides whether the publication of a run may be scheduled: it is ready, or will be. */
export function judgeScheduling(run: KnownRun | undefined, requests: readonly ArticleRequest[]): ActVerdict {
  if (!run) return { allowed: false, reason: 'This run has not arrived.' }
  const state = runStateOf(run, requests)
  if (state === 'failed') return { allowed: false, reason: whyFailed(run) }
  if (isSchedulable(state)) return allowed
  return { allowed: false, reason: whyNot[state] }
}

/**
 * Decides whether an article may be scheduled. It need not have arrived; but where its newest run has failed, and no other
 * can be published, nothing would be ready at that time. A schedule that is there already may be moved all the same.
 *
 * @param ready the run to publish, if one was named
 */
export function judgeArticleScheduling(
  known: { article: Article; requests: readonly ArticleRequest[]; schedule?: Schedule | undefined } | undefined,
  ready: { version: number; run: string } | undefined,
): ActVerdict {
  if (ready) return judgeScheduling(runOf(known?.article, ready), known?.requests ?? [])
  if (!known || known.schedule?.fired === false) return allowed
  const { article, requests } = known
  const runs = allRuns(article)
  const newest = runs.findLast(({ waiting, repeated }) => !waiting && !repeated)
  if (!newest || runStateOf(newest, requests) !== 'failed' || runs.some(({ waiting }) => waiting)) return allowed
  const isReady = ({ version, id }: KnownRun) => judgePublication(article, requests, { version, run: id }).allowed
  return runs.some(isReady) ? allowed : { allowed: false, reason: whyFailed(newest) }
}

function whyFailed({ number, version, failure }: KnownRun): string {
  const run = version > 0 ? `Run ${number} of version ${version}` : 'The delivery'
  return `${run} ended with an error at ${failure?.step ?? 'a step'}: nothing would be ready to publish at that time. Run it again, or have the package delivered again; then schedule its publication.`
}
