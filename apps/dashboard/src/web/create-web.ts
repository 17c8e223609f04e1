import { fileURLToPath } from 'node:url'
import { createApp, type App, type ServiceHealth } from '@continuum/service'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import type { RouteAccess } from '../http/access.ts'
import type { WebContext } from '../http/context.ts'
import { registerSessions } from '../http/sessions.ts'
import type { Changes } from '../live/changes.ts'
import { openIdRoutes } from '../sign-in/openid-routes.ts'
import { mailedLinkRoute } from '../sign-in/mailed-links.ts'
import { signInRoute } from '../sign-in/routes.ts'
import { contractOf } from './contract.ts'
import { contractGuard, memberApi, memberPages } from './members.ts'

/** The HTTP application, and the routes of members with their roles. */
export interface Web {
  readonly app: App
  readonly routes: readonly RouteAccess[]
}

/**
 * Creates the HTTP application: sign-in for everybody; pages, their live updates, the API and its contract for members.
 * It does not listen.
 */
export async function createWeb(context: WebContext, changes: Changes, health: ServiceHealth): Promise<Web> {
  const { logger, settings, sql } = context
  const declared: RouteAccess[] = []
  const app = await createApp({
    name: 'dashboard',
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
    api: { ...contractOf(settings), guard: contractGuard(context) },
    prepare: async (each) => {
      // The assets need no session, and no database.
      await each.register(async (everybody) =>
        everybody.register(files, { root: fileURLToPath(new URL('../assets/', import.meta.url)), prefix: '/assets/' }),
      )
      each.decorateRequest('member', undefined)
      await registerSessions(each, sql, settings)
    },
    health,
  })
  await app.register(formbody)
  await app.register(rateLimit, { global: false })
  await app.register(async (everybody: App) => {
    signInRoute(everybody, context)
    mailedLinkRoute(everybody, context)
    openIdRoutes(everybody, context)
  })
  await app.register(async (members: App) => memberApi(members, { context, declared }, changes))
  await app.register(async (members: App) => memberPages(members, { context, declared }))
  return { app, routes: declared }
}
