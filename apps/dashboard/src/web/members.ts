import type { App } from '@continuum/service'
import type { FastifyError, onRequestHookHandler } from 'fastify'
import { api } from '../api/index.ts'
import type { WebContext } from '../http/context.ts'
import { guardHooks, type Guard } from '../http/guard.ts'
import type { Changes } from '../live/changes.ts'
import { streamRoute } from '../live/stream-route.ts'
import { articleRoutes } from '../pages/article/article-routes.ts'
import { runRoutes } from '../pages/article/run-routes.ts'
import { html, statusOf } from '@continuum/service'
import { messagePage, sendNotFound } from '../pages/frame/message-page.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { depositRoutes } from '../pages/deposits/deposit-routes.ts'
import { listRoutes } from '../pages/lists/list-routes.ts'
import { publishRoutes } from '../pages/publication/publish-routes.ts'
import { schedulePageRoutes } from '../pages/schedule/schedule-routes.ts'
import { cookieOf, signOutRoute } from '../sign-in/routes.ts'
import { signedOutPage } from '../sign-in/sign-in-pages.ts'
import { isEnded } from '../store/sign-ins.ts'

/** Registers the API and the event stream, behind a guard that answers in JSON. */
export function memberApi(app: App, context: WebContext, changes: Changes): void {
  addGuard(app, context, (_, reply, status) => reply.code(status).send(apiDenials[status]))
  api(app, context)
  streamRoute(app, changes)
}

/** Registers the pages, behind a guard that sends people to the sign-in page. */
export function memberPages(app: App, context: WebContext): void {
  addGuard(app, context, ({ method }, reply, status) => {
    if (status === 403) return sendPage(reply, status, staleFormPage())
    return method === 'GET' ? reply.redirect('/sign-in', 303) : sendPage(reply, status, signedOutPage())
  })
  answerErrorsWithPages(app)
  signOutRoute(app, context)
  listRoutes(app, context)
  articleRoutes(app, context)
  publishRoutes(app, context)
  runRoutes(app, context)
  schedulePageRoutes(app, context)
  depositRoutes(app, context)
  app.get('/*', { schema: { hide: true } }, async (_, reply) =>
    sendNotFound(reply, 'There is no page at this address.'),
  )
}

/** Creates the guard of the contract and its documentation page. */
export function contractGuard(context: WebContext): onRequestHookHandler {
  const { onRequest } = guardHooks(
    guardOf(context, ({ url }, reply, status) =>
      url.startsWith('/docs') ? reply.redirect('/sign-in', 303) : reply.code(status).send(apiDenials[status]),
    ),
  )
  return onRequest
}

function addGuard(app: App, context: WebContext, deny: Guard['deny']): void {
  const { onRequest, preHandler } = guardHooks(guardOf(context, deny))
  app.addHook('onRequest', onRequest)
  app.addHook('preHandler', preHandler)
}

function guardOf({ sql, settings }: WebContext, deny: Guard['deny']): Guard {
  return {
    cookieName: cookieOf(settings).name,
    sessionSecret: settings.SESSION_SECRET,
    machineToken: settings.DASHBOARD_TOKEN,
    isEnded: (session) => isEnded(sql, session),
    deny,
  }
}

const apiDenials = {
  401: {
    message: 'Not signed in',
    detail: 'Send the session cookie, or the header `Authorization: Bearer <token>` with the token of the dashboard.',
  },
  403: { message: 'Forbidden', detail: "Send the page's CSRF token in the header x-csrf-token." },
}

function staleFormPage() {
  return messagePage(
    'Please try again',
    html`<p>This form does not belong to your session. Go back, reload the page and try again.</p>`,
  )
}

function answerErrorsWithPages(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) request.log.error({ err: error }, 'a page failed')
    if (status === 503) {
      const text =
        'The database is unavailable. Nothing is lost: the bot’s messages wait in the queue. Try again in a moment.'
      return sendPage(reply, status, messagePage('Temporarily unavailable', html`<p>${text}</p>`))
    }
    const text = status < 500 ? error.message : 'Unexpected error. Try again in a moment; the log has the details.'
    return sendPage(reply, status, messagePage('Something went wrong', html`<p>${text}</p>`))
  })
}
