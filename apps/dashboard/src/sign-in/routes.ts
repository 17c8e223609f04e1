import { problemReply, type App } from '@continuum/service'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { CsrfField, formRoute, pageReply, redirectReply } from '../http/replies.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { endSession, useSignIn } from '../store/sign-ins.ts'
import { openSession, readSignIn } from '../http/session.ts'
import { invalidLinkPage, signedOutPage } from './sign-in-pages.ts'

const attemptsPerMinute = 20

const signInSchema = {
  tags: ['sign-in'],
  security: [],
  operationId: 'signIn',
  summary: 'Sign in with a one-time link',
  querystring: Type.Object({ token: Type.Optional(Type.String({ description: 'the signed token of the link' })) }),
  response: {
    200: pageReply('How to get a link, if there is no token.'),
    303: redirectReply('To the current articles, with the session cookie.'),
    401: pageReply('The link is used, expired or not valid.'),
    '4xx': problemReply('The request is invalid, or there were too many attempts.'),
    '5xx': problemReply('Unexpected error.'),
  },
}

const signOutSchema = {
  ...formRoute.contract,
  operationId: 'signOut',
  summary: 'Sign out',
  body: Type.Object(CsrfField),
  response: { 303: redirectReply('To the sign-in page.'), ...formRoute.replies },
}

/** Returns the name and options of the session cookie. It is `Secure` if people reach the dashboard over https. */
export function cookieOf(settings: { DASHBOARD_URL?: string }) {
  const secure = settings.DASHBOARD_URL?.startsWith('https:') === true
  const name = secure ? '__Host-continuum-session' : 'continuum-session'
  return { name, options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const }
}

/** Registers signing in with a one-time link. */
export function signInRoute(app: App, { sql, settings }: WebContext): void {
  const cookie = cookieOf(settings)

  app.get(
    '/sign-in',
    {
      schema: signInSchema,
      config: {
        rateLimit: {
          max: attemptsPerMinute,
          timeWindow: '1 minute',
          // Bad tries from an address, which many may share, lock nobody out who has a good link.
          allowList: ({ query }: FastifyRequest) => hasGoodLink(query, settings.SIGN_IN_SECRET),
        },
      },
    },
    async ({ method, query: { token } }, reply) => {
      if (token === undefined) return sendPage(reply, 200, signedOutPage())
      // What looks at a link before a person follows it (a mail filter, a chat's preview) does not use it up.
      if (method === 'HEAD') return sendPage(reply, 200, signedOutPage())
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

function hasGoodLink(query: unknown, secret: string): boolean {
  const token = typeof query === 'object' && query !== null && 'token' in query ? query.token : undefined
  return typeof token === 'string' && readSignIn(secret, token, Temporal.Now.instant()) !== undefined
}

/** Registers signing out, which ends the session for every copy of its cookie. */
export function signOutRoute(app: App, { sql, settings }: WebContext): void {
  const cookie = cookieOf(settings)
  app.post('/sign-out', { schema: signOutSchema }, async ({ member }, reply) => {
    if (member?.session) await endSession(sql, member.session)
    return reply.clearCookie(cookie.name, cookie.options).redirect('/sign-in', 303)
  })
}
