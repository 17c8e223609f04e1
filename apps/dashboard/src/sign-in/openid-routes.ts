import { problemReply, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { pageReply, redirectReply } from '../http/replies.ts'
import { isProxyUntrusted, openSession } from '../http/sessions.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { findAccount } from '../store/accounts.ts'
import { recordActivity } from '../store/activity.ts'
import { accountOfIdentity, bindIdentity } from '../store/identities.ts'
import { connectOpenId, OpenIdError, type OpenIdAttempt, type OpenIdPerson } from './openid.ts'
import { refusedPage, untrustedProxyPage } from './sign-in-pages.ts'

declare module 'fastify' {
  interface Session {
    /** The attempt to sign in at the provider that this browser has begun. */
    openId?: OpenIdAttempt
  }
}

const rateLimit = { max: 30, timeWindow: '1 minute' }
const callbackPath = '/sign-in/openid/callback'

const shared = {
  tags: ['sign-in'],
  security: [],
}
const problems = {
  401: pageReply('The provider signed nobody in, or somebody without an account here.'),
  500: pageReply('The settings let nobody sign in.'),
  '4xx': problemReply('The request is invalid, or there were too many attempts.'),
  '5xx': problemReply('Unexpected error.'),
}

const beginSchema = {
  ...shared,
  operationId: 'beginOpenId',
  summary: 'Go to the OpenID Connect provider to sign in',
  response: { 303: redirectReply('To the provider.'), ...problems },
}

const finishSchema = {
  ...shared,
  operationId: 'finishOpenId',
  summary: 'Come back from the OpenID Connect provider',
  querystring: Type.Object({}, { additionalProperties: true }),
  response: { 303: redirectReply('To the current articles, with the session cookie.'), ...problems },
}

/** Registers signing in by OpenID Connect, where a provider is set. */
export function openIdRoutes(app: App, { sql, settings, logger }: WebContext): void {
  const { OPENID: provider, OPENID_CLIENT_SECRET: secret = '' } = settings
  if (!provider) return
  const openId = connectOpenId(provider, secret)
  const base = ({ protocol, host }: FastifyRequest) => settings.DASHBOARD_URL ?? `${protocol}://${host}`
  const refuse = async (reply: FastifyReply, reason: string, who = 'somebody') => {
    logger.warn({ who, reason }, 'sign-in by OpenID Connect refused')
    await recordActivity(sql, { by: who, action: 'refused sign-in', detail: reason })
    return sendPage(reply, 401, refusedPage(reason))
  }

  app.get('/sign-in/openid', { schema: beginSchema, config: { rateLimit } }, async (request, reply) => {
    if (isProxyUntrusted(request, settings)) return sendPage(reply, 500, untrustedProxyPage())
    try {
      const { url, attempt } = await openId.begin(new URL(callbackPath, base(request)).href)
      request.session.openId = attempt
      return await reply.header('cache-control', 'no-store').redirect(url, 303)
    } catch (error) {
      if (error instanceof OpenIdError) return refuse(reply, error.message)
      throw error
    }
  })

  app.get(callbackPath, { schema: finishSchema, config: { rateLimit } }, async (request, reply) => {
    const { openId: attempt } = request.session
    // An attempt is for once, whatever becomes of it.
    delete request.session.openId
    if (!attempt) return refuse(reply, 'This browser has not begun to sign in, or too long ago.')
    let person: OpenIdPerson
    try {
      person = await openId.finish(new URL(request.url, base(request)), attempt)
    } catch (error) {
      if (error instanceof OpenIdError) return refuse(reply, error.message)
      throw error
    }
    const { identity, email } = person
    const name =
      (await accountOfIdentity(sql, identity)) ??
      (email === undefined ? undefined : await bindIdentity(sql, identity, email))
    const account = name === undefined ? undefined : await findAccount(sql, name)
    if (!account || account.disabled) {
      const reason =
        email === undefined
          ? 'The provider does not vouch for an address of yours.'
          : `No account that can be used has the address ${email}.`
      return refuse(reply, reason, email)
    }
    await openSession(request, reply, account.name, 'openid')
    await recordActivity(sql, { by: account.name, action: 'sign in', detail: `at ${identity.issuer}` })
    return reply.header('cache-control', 'no-store').redirect('/current', 303)
  })
}
