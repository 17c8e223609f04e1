import { bearer, sameSecret } from '@continuum/service'
import { fastifyCookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isCsrfToken, readSession, type Session } from './session.ts'

/** The author of a request: a person with a session, or a machine with the token. */
export interface Member {
  name: string
  session?: Session
}

declare module 'fastify' {
  interface FastifyRequest {
    member: Member | undefined
  }
}

export const machine: Member = { name: 'machine' }

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The configuration of a guard. */
export interface Guard {
  cookieName: string
  sessionSecret: string
  machineToken: string
  /** True for a session that somebody has signed out of. */
  isEnded: (session: string) => Promise<boolean>
  /** Answers a request without a session or token (401), or without the page's CSRF token (403). */
  deny: (request: FastifyRequest, reply: FastifyReply, status: 401 | 403) => FastifyReply
}

/** Returns the author of the request, or undefined for anybody without a valid session or token. */
export async function memberOf(request: FastifyRequest, guard: Guard): Promise<Member | undefined> {
  const token = bearer(request)
  if (token !== undefined) return sameSecret(token, guard.machineToken) ? machine : undefined
  // The guard of the contract runs before the cookie plugin, so the header is parsed here.
  const cookie = fastifyCookie.parse(request.headers.cookie ?? '')[guard.cookieName]
  const session = cookie === undefined ? undefined : readSession(guard.sessionSecret, cookie, Temporal.Now.instant())
  return session && !(await guard.isEnded(session.session)) ? { name: session.user, session } : undefined
}

/** Creates the hooks that let only members in, and accept changes only from our own pages. */
export function guardHooks(guard: Guard) {
  return {
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      request.member = await memberOf(request, guard)
      if (!request.member) return guard.deny(request, reply, 401)
      return undefined
    },
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const session = request.member?.session
      if (!session || safeMethods.has(request.method)) return undefined
      const token = request.headers['x-csrf-token'] ?? Object(request.body)['_csrf']
      return isCsrfToken(guard.sessionSecret, session, token) ? undefined : guard.deny(request, reply, 403)
    },
  }
}
