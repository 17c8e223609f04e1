import { createHash } from 'node:crypto'
import type { App } from '@continuum/service'
import type { DashboardSettings } from '@continuum/settings'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import session from '@fastify/session'
import type { FastifyReply, FastifyRequest, Session } from 'fastify'
import type { Sql } from 'postgres'
import { deleteSession, readSession, writeSession } from '../store/sessions.ts'

const sessionSeconds = 12 * 3600

/** A browser that is only about to sign in has this long. */
const anonymousSeconds = 900

/** The ways to sign in. */
export type SignInMeans = 'link' | 'invitation' | 'openid' | 'earlier session'

declare module 'fastify' {
  interface Session {
    /** The name of the account that is signed in. */
    account?: string
    /** The token of the session's forms: one for the whole session, so that an unchanged page has unchanged markup. */
    csrf?: string
    means?: SignInMeans
    /** The address and the browser that signed in. */
    address?: string
    agent?: string
  }
}

/** Returns the name and options of the session cookie. It is `Secure` if people reach the dashboard over https. */
export function cookieOf(settings: { DASHBOARD_URL?: string }) {
  const secure = settings.DASHBOARD_URL?.startsWith('https:') === true
  const name = secure ? '__Host-continuum-session' : 'continuum-session'
  return { name, options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const }
}

/** True for a request from which no session can come: the cookie is for https, and the proxy that says https is not trusted. */
export function isProxyUntrusted(request: FastifyRequest, settings: { DASHBOARD_URL?: string }): boolean {
  return cookieOf(settings).options.secure && request.protocol !== 'https'
}

/** Registers sessions, whose content is in the database, and the tokens against forged forms. */
export async function registerSessions(app: App, sql: Sql, settings: DashboardSettings): Promise<void> {
  const { name: cookieName, options } = cookieOf(settings)
  await app.register(cookie)
  await app.register(session, {
    // The first signs; a cookie that another signed is as good.
    secret: [settings.SESSION_SECRET, settings.SESSION_SECRET_SECOND].filter((each) => each !== undefined).map(keyOf),
    cookieName,
    cookie: { ...options, maxAge: sessionSeconds * 1000 },
    saveUninitialized: false,
    rolling: false,
    store: {
      get: (key, done) => settle(readSession<Session>(sql, key), (error, content) => done(error, content ?? null)),
      set: (key, content, done) => {
        const { account = null } = content
        const seconds = account === null ? anonymousSeconds : sessionSeconds
        settle(writeSession(sql, { key, account, content: JSON.stringify(content), seconds }), done)
      },
      destroy: (key, done) => settle(deleteSession(sql, key), done),
    },
  })
  await app.register(csrf, { sessionPlugin: '@fastify/session' })
}

/** The library wants 32 characters, whatever the length of the setting. */
const keyOf = (secret: string): string => createHash('sha256').update(`session ${secret}`).digest('hex')

function settle<Value>(work: Promise<Value>, done: (error?: unknown, value?: Value) => void): void {
  work.then(
    (value) => done(undefined, value),
    (error: unknown) => done(error),
  )
}

/** Opens a session of an account in the browser that asks, under a new key. */
export async function openSession(
  request: FastifyRequest,
  reply: FastifyReply,
  account: string,
  means: SignInMeans,
): Promise<void> {
  await request.session.regenerate()
  const { session: opened } = request
  opened.account = account
  opened.means = means
  opened.address = request.ip
  opened.agent = request.headers['user-agent']?.slice(0, 300) ?? ''
  opened.csrf = reply.generateCsrf()
}
