import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { endSession, useSignIn } from '../store/sign-ins.ts'
import { openSession, readSignIn } from '../http/session.ts'
import { invalidLinkPage, signedOutPage } from './sign-in-pages.ts'

const attemptsPerMinute = 20

const SignInQuery = Type.Object({ token: Type.Optional(Type.String()) })

/** Returns the name and options of the session cookie. It is `Secure` if people reach the dashboard over https. */
export function cookieOf(settings: { DASHBOARD_URL?: string }) {
  const secure = settings.DASHBOARD_URL?.startsWith('https:') === true
  const name = secure ? '__Host-continuum-session' : 'continuum-session'
  return { name, options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const }
}

/** Registers signing in with a one-time link. */
export function signInRoute(app: FastifyInstance, { sql, settings }: WebContext): void {
  const cookie = cookieOf(settings)

  app.get<{ Querystring: { token?: string } }>(
    '/sign-in',
    {
      schema: { querystring: SignInQuery },
      config: { rateLimit: { max: attemptsPerMinute, timeWindow: '1 minute' } },
    },
    async ({ query: { token } }, reply) => {
      if (token === undefined) return sendPage(reply, 200, signedOutPage())
      const now = Temporal.Now.instant()
      const link = readSignIn(settings.SIGN_IN_SECRET, token, now)
      if (!link || !(await useSignIn(sql, link))) return sendPage(reply, 401, invalidLinkPage())
      const session = openSession(settings.SESSION_SECRET, link.user, now)
      return reply
        .setCookie(cookie.name, session.cookie, { ...cookie.options, maxAge: session.maxAge })
        .header('cache-control', 'no-store')
        .redirect('/current', 303)
    },
  )
}

/** Registers signing out, which ends the session for every copy of its cookie. */
export function signOutRoute(app: FastifyInstance, { sql, settings }: WebContext): void {
  const cookie = cookieOf(settings)
  app.post('/sign-out', async ({ member }, reply) => {
    if (member?.session) await endSession(sql, member.session)
    return reply.clearCookie(cookie.name, cookie.options).redirect('/sign-in', 303)
  })
}
