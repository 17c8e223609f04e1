import { bothSecrets, problemReply, type App, type Secrets } from '@continuum/service'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { CsrfField, formRoute, pageReply, redirectReply } from '../http/replies.ts'
import { cookieOf, isProxyUntrusted, openSession } from '../http/sessions.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { findAccount } from '../store/accounts.ts'
import { recordActivity } from '../store/activity.ts'
import { useSignIn } from '../store/sign-ins.ts'
import { readSignIn } from './links.ts'
import { invalidLinkPage, noAccountPage, signedOutPage, untrustedProxyPage } from './sign-in-pages.ts'

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
    500: pageReply('The settings let nobody sign in.'),
    401: pageReply('The link is used, expired or not valid, or its account is unknown or disabled.'),
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

/** Registers signing in with a one-time link. */
export function signInRoute(app: App, { sql, settings }: WebContext): void {
  const secrets = bothSecrets(settings.SIGN_IN_SECRET, settings.SIGN_IN_SECRET_SECOND)
  app.get(
    '/sign-in',
    {
      schema: signInSchema,
      config: {
        rateLimit: {
          max: attemptsPerMinute,
          timeWindow: '1 minute',
          // Bad tries from an address, which many may share, lock nobody out who has a good link.
          allowList: ({ query }: FastifyRequest) => hasGoodLink(query, secrets),
        },
      },
    },
    async (request, reply) => {
      const { token } = request.query
      if (token === undefined) return sendPage(reply, 200, signedOutPage(settings))
      // What looks at a link before a person follows it (a mail filter, a chat's preview) does not use it up.
      if (request.method === 'HEAD') return sendPage(reply, 200, signedOutPage(settings))
      if (isProxyUntrusted(request, settings)) return sendPage(reply, 500, untrustedProxyPage())
      const link = readSignIn(secrets, token, Temporal.Now.instant())
      if (!link) return sendPage(reply, 401, invalidLinkPage())
      const account = await findAccount(sql, link.user)
      if (!account || account.disabled) return sendPage(reply, 401, noAccountPage(link.user))
      if (!(await useSignIn(sql, link))) return sendPage(reply, 401, invalidLinkPage())
      await openSession(request, reply, account.name, 'link')
      const detail = link.by === undefined ? 'by a one-time link' : `by a one-time link that ${link.by} made`
      await recordActivity(sql, { by: account.name, action: 'sign in', detail })
      return reply.header('cache-control', 'no-store').redirect('/current', 303)
    },
  )
}

function hasGoodLink(query: unknown, secret: Secrets): boolean {
  const token = typeof query === 'object' && query !== null && 'token' in query ? query.token : undefined
  return typeof token === 'string' && readSignIn(secret, token, Temporal.Now.instant()) !== undefined
}

/** Registers signing out, which ends the session for every copy of its cookie. */
export function signOutRoute(app: App, { sql, settings }: WebContext): void {
  const cookie = cookieOf(settings)
  app.post('/sign-out', { schema: signOutSchema, config: { role: 'reader' } }, async (request, reply) => {
    await request.session.destroy()
    await recordActivity(sql, { by: request.member?.name ?? '', action: 'sign out' })
    return reply.clearCookie(cookie.name, cookie.options).redirect('/sign-in', 303)
  })
}
