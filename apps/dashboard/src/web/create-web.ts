import { fileURLToPath } from 'node:url'
import { createApp, type App } from '@continuum/service'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import type { WebContext } from '../http/context.ts'
import type { Changes } from '../live/changes.ts'
import { signInRoute } from '../sign-in/routes.ts'
import { contractOf } from './contract.ts'
import type { Health } from './health.ts'
import { contractGuard, memberApi, memberPages } from './members.ts'

/**
 * Creates the HTTP application: sign-in for everybody; pages, their live updates, the API and its contract for members.
 * It does not listen.
 */
export async function createWeb(context: WebContext, changes: Changes, health: Health): Promise<App> {
  const { logger, settings } = context
  const app = await createApp({
    name: 'dashboard',
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
    api: { ...contractOf(settings), guard: contractGuard(context) },
    ...health,
  })
  app.decorateRequest('member', undefined)
  await app.register(cookie)
  await app.register(formbody)
  await app.register(rateLimit, { global: false })
  await app.register(files, { root: fileURLToPath(new URL('../assets/', import.meta.url)), prefix: '/assets/' })
  await app.register(async (everybody: App) => signInRoute(everybody, context))
  await app.register(async (members: App) => memberApi(members, context, changes))
  await app.register(async (members: App) => memberPages(members, context))
  return app
}
