import { rerunOf } from './rerunnable.ts'
import { isHeld, runStateOf, sentFrom } from './run-state.ts'
import { isWithdrawal, withdrawalOutcome } from './withdrawal.ts'
import type { Article, ArticleRequest } from '../history/model.ts'

/** The outcome of a request so far. */
export type Outcome = 'refused' | 'taken back' | 'requested' | 'in progress' | 'published' | 'failed' | 'done'

/** Returns the outcome of a request, and the reason if it was refused or failed. */
export function outcomeOf(
  article: Article,
  requests: readonly ArticleRequest[],
  request: ArticleRequest,
): { outcome: Outcome; message: string } {
  if (request.result === 'error') return { outcome: 'refused', message: request.message }
  if (request.result === 'cancelled') return { outcome: 'taken back', message: '' }
  if (request.kind === 'set aside' || request.kind === 'take back') return { outcome: 'done', message: '' }
  if (request.kind === 'run again') return { outcome: rerunOf(article, request) ? 'done' : 'requested', message: '' }
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
