import { rerunOf } from './rerunnable.ts'
import { runStateOf } from './run-state.ts'
import type { Article, ArticleRequest } from '../history/model.ts'

export type Outcome = 'refused' | 'asked for' | 'under way' | 'published' | 'failed' | 'done'

/** What has become of a request. */
export function outcomeOf(
  article: Article,
  requests: readonly ArticleRequest[],
  request: ArticleRequest,
): { outcome: Outcome; message: string } {
  if (request.result === 'error') return { outcome: 'refused', message: request.message }
  if (request.kind === 'set aside' || request.kind === 'take back') return { outcome: 'done', message: '' }
  if (request.kind === 'run again') return { outcome: rerunOf(article, request) ? 'done' : 'asked for', message: '' }
  const version = article.versions.find(({ number }) => number === request.version)
  const run = version?.runs.find(({ id }) => id === request.run)
  if (!version || !run || run.latestSent <= request.at) return { outcome: 'asked for', message: '' }
  const { status } = run
  if (status?.value === 'published' && status.sent >= request.at) return { outcome: 'published', message: '' }
  return runStateOf(run, requests) === 'failed'
    ? { outcome: 'failed', message: `${run.failure?.step}: ${run.failure?.message}` }
    : { outcome: 'under way', message: '' }
}
