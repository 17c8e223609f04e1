import { bearer, sameSecret, type Sql } from '@continuum/service'
import { readArticleId, type Journal } from '@continuum/article'
import type { FastifyRequest } from 'fastify'
import type { ArticleCache } from '../store/article-cache.ts'
import type { Visibility } from '../store/read-store.ts'

/** The dependencies of the routes. */
export interface RouteContext {
  sql: Sql
  /** Articles as they are served. */
  articles: ArticleCache
  journals: readonly Journal[]
  /** The credential for writing, and for reading what is not published. */
  token: string
  now: () => Temporal.Instant
}

/** Returns what a request may see. A wrong credential counts as none. */
export function visibilityOf(
  request: Pick<FastifyRequest, 'headers'>,
  { token }: Pick<RouteContext, 'token'>,
): Visibility {
  return sameSecret(bearer(request) ?? '', token) ? 'everything' : 'published'
}

/** Returns the id of the article that an address names: zeros before its number are ignored. */
export function articleOf(id: string, journals: readonly Journal[]): string {
  return readArticleId(id, journals) ?? id
}
