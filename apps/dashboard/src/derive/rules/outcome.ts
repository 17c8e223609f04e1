import { rerunOf } from './rerunnable.ts'
import { isHeld, runStateOf, sentFrom } from './run-state.ts'
import { isWithdrawal, withdrawalOutcome } from './withdrawal.ts'
import type { Article, ArticleRequest, KnownRun, RunState } from '../history/model.ts'

/** The outcome of a request so far. */
export type Outcome = 'refused' | 'taken back' | 'requested' | 'in progress' | 'ready' | 'published' | 'failed' | 'done'

/** The outcome of a request, the reason if it was refused or failed, and the run that a rerun led to. */
export interface RequestOutcome {
  readonly outcome: Outcome
  readonly message: string
  readonly rerun?: KnownRun
}

/** Returns the outcome of a request so far. */
export function outcomeOf(
  article: Article,
  requests: readonly ArticleRequest[],
  request: ArticleRequest,
): RequestOutcome {
  if (request.result === 'error') return { outcome: 'refused', message: request.message }
  if (request.result === 'cancelled') return { outcome: 'taken back', message: '' }
  if (request.kind === 'set aside' || request.kind === 'take back') return { outcome: 'done', message: '' }
  if (request.kind === 'run again') return outcomeOfRerun(article, requests, request)
  if (isWithdrawal(request.kind)) return { outcome: withdrawalOutcome(article, request), message: '' }
  const version = article.versions.find(({ number }) => number === request.version)
  const run = version?.runs.find(({ id }) => id === request.run)
  if (!version || !run || isHeld(request) || run.latestSent <= sentFrom(request))
    return { outcome: 'requested', message: '' }
  const { status } = run
  if (status?.value === 'published' && status.sent >= request.at) return { outcome: 'published', message: '' }
  return runStateOf(run, requests) === 'failed'
    ? { outcome: 'failed', message: `${run.failure?.step}: ${run.failure?.message}` }
    : { outcome: 'in progress', message: '' }
}

const outcomeOfState: Readonly<Partial<Record<RunState, Outcome>>> = {
  failed: 'failed',
  ready: 'ready',
  published: 'published',
  hidden: 'done',
  dismissed: 'done',
  repeated: 'done',
}

/** Returns what became of a rerun: the state of the run that it led to. */
function outcomeOfRerun(
  article: Article,
  requests: readonly ArticleRequest[],
  request: ArticleRequest,
): RequestOutcome {
  const rerun = rerunOf(article, request)
  if (!rerun) return { outcome: 'requested', message: '' }
  const outcome = outcomeOfState[runStateOf(rerun, requests)] ?? 'in progress'
  const { failure } = rerun
  return { outcome, message: outcome === 'failed' && failure ? `${failure.step}: ${failure.message}` : '', rerun }
}
