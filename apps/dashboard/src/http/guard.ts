import { bearer, bothSecrets, isAccepted, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import { includesRole, type Role } from '../derive/rules/roles.ts'
import { findAccount } from '../store/accounts.ts'
import type { WebContext } from './context.ts'
import { takeEarlierSession } from './earlier-session.ts'
import { cookieOf, openSession } from './sessions.ts'

/** The author of a request: a person with a session, or a machine with the token. */
export interface Member {
  name: string
  role: Role
  /** The token of the forms of a person's session. */
  csrf?: string
}

declare module 'fastify' {
  interface FastifyRequest {
    member: Member | undefined
  }
}

/** The holder of the token, who may do all but what concerns people: it signs nobody in. */
export const machine: Member = { name: 'machine', role: 'operator' }

/** The reason why a request is denied. */
export type Denial = 'signed out' | 'role'

/** Answers a request that is denied: 401, or 403 for a role that is too small. */
export type Deny = (request: FastifyRequest, reply: FastifyReply, denial: Denial) => FastifyReply

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The header in which the command line says who is at it. */
export const userHeader = 'x-continuum-user'

/**
 * Returns the author of a request with the token: the person whom the command line names, in the role of their account if
 * they have one, or else a machine.
 */
async function commandLineMember({ headers }: FastifyRequest, sql: Sql): Promise<Member | undefined> {
  const user = headers[userHeader]
  if (typeof user !== 'string' || user === '') return machine
  const account = await findAccount(sql, user)
  if (account?.disabled) return undefined
  const role = account && !includesRole(account.role, machine.role) ? account.role : machine.role
  return { name: `${user.slice(0, 200)} (command line)`, role }
}

/** Returns the author of the request, or undefined for anybody without a valid session or token. */
async function memberOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { sql, settings }: WebContext,
): Promise<Member | undefined> {
  const token = bearer(request)
  const ours = bothSecrets(settings.DASHBOARD_TOKEN, settings.DASHBOARD_TOKEN_SECOND)
  if (token !== undefined) return isAccepted(token, ours) ? commandLineMember(request, sql) : undefined
  const { session } = request
  const cookie = request.cookies[cookieOf(settings).name]
  const earlier =
    session.account === undefined && cookie !== undefined
      ? await takeEarlierSession(sql, bothSecrets(settings.SESSION_SECRET, settings.SESSION_SECRET_SECOND), cookie)
      : undefined
  const name = session.account ?? earlier
  const account = name === undefined ? undefined : await findAccount(sql, name)
  if (!account || account.disabled) return undefined
  if (earlier !== undefined) await openSession(request, reply, earlier, 'earlier session')
  const { csrf } = request.session
  return { name: account.name, role: account.role, ...(csrf !== undefined && { csrf }) }
}

/**
 * Creates the hook that lets only members in whose role is that of the route or a greater one. This is the one place where
 * roles are enforced.
 *
 * @param otherwise the role for routes of libraries, which declare none
 */
export function memberGuard(context: WebContext, deny: Deny, otherwise?: Role) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const member = await memberOf(request, reply, context)
    if (!member) return deny(request, reply, 'signed out')
    request.member = member
    const needed = request.routeOptions.config.role ?? otherwise
    return needed !== undefined && includesRole(member.role, needed) ? undefined : deny(request, reply, 'role')
  }
}

/** Creates the hook that accepts changes only from our own pages, or with the token: no other site can send that. */
export function formGuard(app: App) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (bearer(request) !== undefined || safeMethods.has(request.method)) return done()
    return app.csrfProtection(request, reply, done)
  }
}
