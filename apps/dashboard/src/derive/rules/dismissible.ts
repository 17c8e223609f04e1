import type { Article, ArticleRequest, KnownRun, RunState } from '../history/model.ts'
import { dismissalOf, runStateOf } from './run-state.ts'

/** The decision whether something may be done with a run; a refusal has a reason for a production editor to read. */
export type ActVerdict = { allowed: true } | { allowed: false; reason: string }

const allowed: ActVerdict = { allowed: true }
const refuse = (reason: string): ActVerdict => ({ allowed: false, reason })

const whyNotDismissed: Record<Exclude<RunState, 'ready' | 'failed' | 'dismissed'>, string> = {
  waiting: 'This delivery is waiting for an earlier one of the same article.',
  'in progress': 'This run is still in progress.',
  requested: 'Its publication has been requested.',
  publishing: 'This run is being published.',
  published: 'This run is published.',
  hidden: 'This run is hidden already.',
  repeated: 'This delivery has the files of the run before it: it is on no list.',
}

/** Finds a run of an article by its version and id. */
export function runOf(
  article: Article | undefined,
  { version, run }: { version: number; run: string },
): KnownRun | undefined {
  return article?.versions.find(({ number }) => number === version)?.runs.find(({ id }) => id === run)
}

/** Decides whether a run may be dismissed: it has ended, and is listed. */
export function judgeDismissal(run: KnownRun | undefined, requests: readonly ArticleRequest[]): ActVerdict {
  if (!run) return refuse('This run has not arrived.')
  const state = runStateOf(run, requests)
  if (state === 'ready' || state === 'failed') return allowed
  if (state === 'dismissed') return refuse(`${dismissalOf(run, requests)?.by} has dismissed it already.`)
  return refuse(whyNotDismissed[state])
}

/** Decides whether a run may be restored. */
export function judgeRestoration(run: KnownRun | undefined, requests: readonly ArticleRequest[]): ActVerdict {
  if (!run) return refuse('This run has not arrived.')
  return dismissalOf(run, requests) ? allowed : refuse('This run is not dismissed.')
}
