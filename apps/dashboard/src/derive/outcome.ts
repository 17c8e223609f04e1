import { standingOf } from './standing.ts'
import type { Article, PublicationRequest } from './words.ts'

export type Outcome = 'refused' | 'asked for' | 'under way' | 'published' | 'failed'

/** What has become of a publication request. */
export function outcomeOf(
  article: Article,
  requests: readonly PublicationRequest[],
  request: PublicationRequest,
): { outcome: Outcome; message: string } {
  if (request.result === 'error') return { outcome: 'refused', message: request.message }
  const version = article.versions.find(({ number }) => number === request.version)
  const run = version?.runs.find(({ id }) => id === request.run)
  if (!version || !run || run.latestSent <= request.at) return { outcome: 'asked for', message: '' }
  const status = version.properties.get('publication-status')
  if (status?.value === 'published' && status.sent >= request.at) return { outcome: 'published', message: '' }
  return standingOf(run, version, requests) === 'failed'
    ? { outcome: 'failed', message: `${run.failure?.step}: ${run.failure?.message}` }
    : { outcome: 'under way', message: '' }
}
