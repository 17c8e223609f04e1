import { bearer, sameSecret, type Sql } from '@continuum/service'
import type { Journal } from '@continuum/article'
import type { FastifyRequest } from 'fastify'
import type { ArticleCache } from '../store/article-cache.ts'
import type { Sight } from '../store/read-store.ts'

/** What the routes work with. */
export interface Parts {
  sql: Sql
  /** Articles as they are served. */
  articles: ArticleCache
  journals: readonly Journal[]
  /** The credential of those who write, and who see what is not published. */
  token: string
  now: () => Temporal.Instant
}

/** What a request may see. A wrong credential is as good as none. */
export function sightOf(request: FastifyRequest, { token }: Parts): Sight {
  return sameSecret(bearer(request) ?? '', token) ? 'everything' : 'published'
}
