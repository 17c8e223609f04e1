import type { App } from '@continuum/service'
import type { FastifyError, onRequestHookHandler } from 'fastify'
import { api } from '../api/index.ts'
import type { WebContext } from '../http/context.ts'
import { requireRoles, type RouteAccess } from '../http/access.ts'
import { formGuard, memberGuard, type Denial, type Deny } from '../http/guard.ts'
import { visitHook } from '../http/visits.ts'
import type { Changes } from '../live/changes.ts'
import { streamRoute } from '../live/stream-route.ts'
import { activityRoutes } from '../pages/activity/activity-routes.ts'
import { articleRoutes } from '../pages/article/article-routes.ts'
import { deskRoutes } from '../pages/article/desk-routes.ts'
import { runRoutes } from '../pages/article/run-routes.ts'
import { withdrawalRoutes } from '../pages/article/withdrawal-routes.ts'
import { html, statusOf } from '@continuum/service'
import { messagePage, sendNotFound } from '../pages/frame/message-page.ts'
import { sendPage } from '../pages/frame/send-page.ts'
import { contractRoute } from './contract-page.ts'
import { changesRoutes } from '../pages/changes/changes-routes.ts'
import { depositRoutes } from '../pages/deposits/deposit-routes.ts'
import { executionActRoutes } from '../pages/executions/act-routes.ts'
import { executionRoutes } from '../pages/executions/execution-routes.ts'
import { bulkRoutes } from '../pages/lists/bulk-routes.ts'
import { viewRoutes } from '../pages/lists/view-routes.ts'
import { morningRoutes } from '../pages/morning/morning-routes.ts'
import { listRoutes } from '../pages/lists/list-routes.ts'
import { peopleRoutes } from '../pages/people/people-routes.ts'
import { processRoutes } from '../pages/processes/process-routes.ts'
import { sessionRoutes } from '../pages/people/session-routes.ts'
import { publicationsRoutes } from '../pages/review/publications-routes.ts'
import { queueRoutes } from '../pages/queues/queue-routes.ts'
import { reviewRoutes } from '../pages/review/review-routes.ts'
import { scheduleRoutes } from '../pages/schedule/schedule-routes.ts'
import { scheduledPageRoutes } from '../pages/schedule/scheduled-routes.ts'
import { signOutRoute } from '../sign-in/routes.ts'
import { signedOutPage } from '../sign-in/sign-in-pages.ts'

/** The routes of members with their roles, as they are registered. */
export interface Members {
  readonly context: WebContext
  readonly declared: RouteAccess[]
}

/** Registers the API and the event stream, behind a guard that answers in JSON. */
export function memberApi(app: App, members: Members, changes: Changes): void {
  addGuard(app, members, denyInJson)
  api(app, members.context, changes)
  streamRoute(app, changes)
}

/** Registers the pages, behind a guard that sends people to the sign-in page. */
export function memberPages(app: App, members: Members): void {
  const { context } = members
  addGuard(app, members, ({ method, member }, reply, denial) => {
    if (denial === 'role') return sendPage(reply, 403, roleTooSmallPage(), member && { user: member.name, ...member })
    return method === 'GET' ? reply.redirect('/sign-in', 303) : sendPage(reply, 401, signedOutPage(context.settings))
  })
  answerErrorsWithPages(app)
  signOutRoute(app, context)
  app.addHook('preHandler', visitHook(context.sql))
  morningRoutes(app, context)
  listRoutes(app, context)
  bulkRoutes(app, context)
  viewRoutes(app, context)
  articleRoutes(app, context)
  reviewRoutes(app, context)
  changesRoutes(app, context)
  publicationsRoutes(app, context)
  runRoutes(app, context)
  deskRoutes(app, context)
  withdrawalRoutes(app, context)
  scheduledPageRoutes(app, context)
  scheduleRoutes(app, context)
  depositRoutes(app, context)
  queueRoutes(app, context)
  processRoutes(app, context)
  executionRoutes(app, context)
  executionActRoutes(app, context)
  activityRoutes(app, context)
  peopleRoutes(app, context)
  sessionRoutes(app, context)
  contractRoute(app, context)
  app.get('/*', { schema: { hide: true }, config: { role: 'reader' } }, async (_, reply) =>
    sendNotFound(reply, 'There is no page at this address.'),
  )
}

/**
 * Creates the guard of the contract and its documentation page. It sends people to the page of the dashboard: the library's has
 * buttons in buttons, which a screen reader cannot tell, and too small ones.
 */
export function contractGuard(context: WebContext): onRequestHookHandler {
  const deny: Deny = (request, reply, denial) =>
    request.url.startsWith('/docs') ? reply.redirect('/sign-in', 303) : denyInJson(request, reply, denial)
  const guard = memberGuard(context, deny, 'reader')
  return async (request, reply) => {
    const denied = await guard(request, reply)
    if (denied || !/^\/docs\/?(?:\?|$)/.test(request.url)) return denied
    return reply.redirect('/contract', 303)
  }
}

function addGuard(app: App, { context, declared }: Members, deny: Deny): void {
  app.addHook('onRoute', requireRoles(declared))
  app.addHook('onRequest', memberGuard(context, deny))
  app.addHook('preValidation', formGuard(app))
}

const denyInJson: Deny = (_, reply, denial) => reply.code(denial === 'signed out' ? 401 : 403).send(apiDenials[denial])

const apiDenials: Record<Denial, { message: string; detail: string }> = {
  'signed out': {
    message: 'Not signed in',
    detail: 'Send the session cookie, or the header `Authorization: Bearer <token>` with the token of the dashboard.',
  },
  role: { message: 'Forbidden', detail: 'Your role does not allow this. An administrator can change it.' },
}

function roleTooSmallPage() {
  return messagePage(
    'Your role does not allow this',
    html`<p>Nothing was changed. An administrator can give you another role.</p>
      <p><a href="/current">Current articles</a></p>`,
  )
}

function staleFormPage() {
  return messagePage(
    'Please try again',
    html`<p>This form does not belong to your session. Go back, reload the page and try again.</p>`,
  )
}

const csrfErrors = ['FST_CSRF_MISSING_SECRET', 'FST_CSRF_INVALID_TOKEN']

function answerErrorsWithPages(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (csrfErrors.includes(error.code)) return sendPage(reply, 403, staleFormPage())
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
