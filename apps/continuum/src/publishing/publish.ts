import { setTimeout as pause } from 'node:timers/promises'
import { Type, type Static } from 'typebox'
import type { DashboardApi } from '../dashboard/dashboard-api.ts'
import type { NamedVersion } from './versions.ts'

/** The result of a request to publish a version. */
export interface Publication {
  readonly id: string
  readonly version: string | null
  readonly result: 'published' | 'requested' | 'refused' | 'failed'
  /** The reason why it was refused or has failed. */
  readonly message: string
}

const Requested = Type.Object({
  articles: Type.Array(
    Type.Object({
      id: Type.String(),
      version: Type.Union([Type.String(), Type.Null()]),
      'publication-status': Type.String(),
      message: Type.Optional(Type.String()),
    }),
  ),
})

const Statuses = Type.Object({
  articles: Type.Array(
    Type.Object({
      id: Type.String(),
      version: Type.Union([Type.Integer(), Type.String()]),
      'publication-status': Type.Union([Type.String(), Type.Null()]),
      message: Type.String(),
    }),
  ),
})

const everyMs = 500

/**
 * Asks the dashboard to publish versions, and waits until each is public or has failed.
 *
 * @param options.wait false: what was requested is returned at once
 * @returns one result for each, in their order; what was still under way when the signal came is `requested`
 */
export async function publishVersions(
  dashboard: DashboardApi,
  versions: readonly NamedVersion[],
  options: { readonly force: boolean; readonly why?: string; readonly wait: boolean; readonly signal: AbortSignal },
): Promise<readonly Publication[]> {
  const { force, why, wait, signal } = options
  const articles = versions.map((version) => ({ ...version, force, ...(why !== undefined && { why }) }))
  const requested = await dashboard.post('/api/queue_article_publication', { articles }, Requested)
  let results = requested.articles.map(firstResult)
  if (!wait) return results
  while (!signal.aborted && results.some(isUnderWay)) {
    await pause(everyMs, undefined, { signal }).catch(() => {})
    const asked = results.filter(isUnderWay).map(({ id, version }) => ({ id, version: version ?? '0' }))
    const told = await dashboard.post('/api/article_publication_status', { articles: asked }, Statuses)
    results = results.map((result) => (isUnderWay(result) ? laterResult(result, told.articles) : result))
  }
  return results
}

const isUnderWay = ({ result }: Publication) => result === 'requested'

function firstResult(item: Static<typeof Requested>['articles'][number]): Publication {
  const { id, version, message = '' } = item
  return { id, version, message, result: item['publication-status'] === 'queued' ? 'requested' : 'refused' }
}

function laterResult(result: Publication, told: Static<typeof Statuses>['articles']): Publication {
  const now = told.find(({ id, version }) => id === result.id && String(version) === result.version)
  const status = now?.['publication-status']
  if (status === 'published') return { ...result, result: 'published' }
  return status === 'error' ? { ...result, result: 'failed', message: now?.message ?? '' } : result
}
