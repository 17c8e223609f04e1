import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import { createApp } from '@continuum/service'
import type { FastifyError, FastifyInstance } from 'fastify'
import { fileURLToPath } from 'node:url'
import { api } from './api/index.ts'
import type { Dashboard } from './dashboard.ts'
import type { Health } from './health.ts'
import { streamRoute } from './live/stream-route.ts'
import { articleRoutes } from './pages/article-routes.ts'
import { html } from './pages/html.ts'
import { pageHtml } from './pages/layout.ts'
import { listRoutes } from './pages/list-routes.ts'
import { messagePage, signedOutPage } from './pages/message-page.ts'
import { publishRoutes } from './pages/publish-routes.ts'
import { runRoutes } from './pages/run-routes.ts'
import { schedulePageRoutes } from './pages/schedule-routes.ts'
import { guardHooks, type Guard } from './sign-in/guard.ts'
import { isEnded } from './store/sign-ins.ts'
import { cookieOf, sendPage, signInRoute, signOutRoute } from './sign-in/routes.ts'

/** The web side: sign-in for everybody; pages, their live changes and the API for members. It does not listen. */
export async function createWeb(dashboard: Dashboard, health: Health) {
  const { sql, logger, settings, changes } = dashboard
  const app = await createApp({
    name: 'dashboard',
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
    ...health,
  })
  app.decorateRequest('member', undefined)
  await app.register(cookie)
  await app.register(formbody)
  await app.register(rateLimit, { global: false })
  await app.register(files, { root: fileURLToPath(new URL('assets/', import.meta.url)), prefix: '/assets/' })
  await app.register(async (everybody) => signInRoute(everybody, dashboard))

  const known = {
    cookieName: cookieOf(settings).name,
    sessionSecret: settings.SESSION_SECRET,
    machineToken: settings.DASHBOARD_TOKEN,
    isEnded: (session: string) => isEnded(sql, session),
  }
  await app.register(async (members) => {
    addGuard(members, { ...known, refuse: (_, reply, status) => reply.code(status).send(apiRefusals[status]) })
    await api(members, dashboard)
    streamRoute(members, changes)
  })
  await app.register(async (members) => {
    addGuard(members, {
      ...known,
      refuse: ({ method }, reply, status) => {
        if (status === 403) return sendPage(reply, status, pageHtml(stalePage(), {}))
        return method === 'GET'
          ? reply.redirect('/sign-in', 303)
          : sendPage(reply, status, pageHtml(signedOutPage(), {}))
      },
    })
    answerErrorsWithPages(members)
    signOutRoute(members, dashboard)
    listRoutes(members, dashboard)
    articleRoutes(members, dashboard)
    publishRoutes(members, dashboard)
    runRoutes(members, dashboard)
    schedulePageRoutes(members, dashboard)
    members.get('/*', (_, reply) =>
      sendPage(
        reply,
        404,
        pageHtml(
          messagePage(
            'Not here',
            html`<p>There is no page at this address.</p>
              <p><a href="/current">Current articles</a></p>`,
          ),
          {},
        ),
      ),
    )
  })
  return app
}

const apiRefusals = {
  401: {
    message: 'Not signed in',
    detail: 'Send the session cookie, or `Authorization: Bearer` with the token of the dashboard.',
  },
  403: { message: 'Refused', detail: "Send the page's token in the header x-csrf-token." },
}

function stalePage() {
  return messagePage(
    'Please try again',
    html`<p>This form is not from your session. Go back, reload the page and try again.</p>`,
  )
}

function addGuard(app: FastifyInstance, guard: Guard): void {
  const { onRequest, preHandler } = guardHooks(guard)
  app.addHook('onRequest', onRequest)
  app.addHook('preHandler', preHandler)
}

function answerErrorsWithPages(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error({ err: error }, 'a page failed')
    const text =
      status < 500 ? error.message : 'The dashboard could not do that now. Try again in a moment; its log says why.'
    return sendPage(reply, status, pageHtml(messagePage('That did not work', html`<p>${text}</p>`), {}))
  })
}
