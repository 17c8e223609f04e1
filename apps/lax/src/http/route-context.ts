import { bearer, isAccepted, type App, type Secrets, type Sql } from '@continuum/service'
import { readArticleId, type Journal } from '@continuum/article'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Visibility } from '../store/read-store.ts'
import type { AnswerCache } from './answer-cache.ts'
import type { Metrics } from './metrics.ts'

/** The dependencies of the routes. */
export interface RouteContext {
  sql: Sql
  /** Answers to reads, as they are served. */
  answers: AnswerCache
  journals: readonly Journal[]
  metrics: Metrics
  /** The credential for writing, and for reading what is not published. */
  token: Secrets
  /** The credential for reading what is not published; absent where only the other one may. */
  readToken?: Secrets | undefined
  now: () => Temporal.Instant
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The contents that the request may see. A wrong credential counts as none. */
    visibility: Visibility
    /** It may write as well. */
    mayWrite: boolean
  }
}

/** Finds out once what each request may see, and says so in its answer, whatever that is. */
export function addVisibility(app: App, { token, readToken }: Pick<RouteContext, 'token' | 'readToken'>): void {
  app.decorateRequest('visibility', 'published')
  app.decorateRequest('mayWrite', false)
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    // Most ask without a credential: nothing is compared then.
    const given = bearer(request)
    request.mayWrite = given !== undefined && isAccepted(given, token)
    const mayRead = given !== undefined && readToken !== undefined && isAccepted(given, readToken)
    if (request.mayWrite || mayRead) request.visibility = 'everything'
    reply.header('kong-authenticated', request.visibility === 'everything' ? 'True' : 'False')
  })
}

/** Returns the id of the article that an address names: zeros before its number are ignored. */
export function articleOf(id: string, journals: readonly Journal[]): string {
  return readArticleId(id, journals) ?? id
}
