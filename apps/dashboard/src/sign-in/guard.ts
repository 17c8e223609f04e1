import { bearer, sameSecret } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isCsrfToken, readSession, type Session } from './session.ts'

/** Who makes a request: a person with a session, or a machine with the token. */
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

/** What the guard knows and does. */
export interface Guard {
  cookieName: string
  sessionSecret: string
  machineToken: string
  /** Whether somebody has signed out of it. */
  isEnded: (session: string) => Promise<boolean>
  /** Answers whoever is not signed in, or is without the page's token. */
  refuse: (request: FastifyRequest, reply: FastifyReply, status: 401 | 403) => FastifyReply
}

/** Who makes this request, or undefined where nobody we know. */
export async function memberOf(request: FastifyRequest, guard: Guard): Promise<Member | undefined> {
  const token = bearer(request)
  if (token !== undefined) return sameSecret(token, guard.machineToken) ? machine : undefined
  const cookie = request.cookies[guard.cookieName]
  const session = cookie === undefined ? undefined : readSession(guard.sessionSecret, cookie, Temporal.Now.instant())
  return session && !(await guard.isEnded(session.session)) ? { name: session.user, session } : undefined
}

/** The hooks that let only members in, and let them change things only from our own pages. */
export function guardHooks(guard: Guard) {
  return {
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      request.member = await memberOf(request, guard)
      if (!request.member) return guard.refuse(request, reply, 401)
      return undefined
    },
    preHandler: async (request: FastifyRequest, reply: FastifyReply) => {
      const session = request.member?.session
      if (!session || safeMethods.has(request.method)) return undefined
      const given = request.headers['x-csrf-token'] ?? Object(request.body)['_csrf']
      return isCsrfToken(guard.sessionSecret, session, given) ? undefined : guard.refuse(request, reply, 403)
    },
  }
}
