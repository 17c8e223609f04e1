import { fileURLToPath } from 'node:url'
import { createApp } from '@continuum/service'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import type { WebContext } from '../http/context.ts'
import type { Changes } from '../live/changes.ts'
import { signInRoute } from '../sign-in/routes.ts'
import type { Health } from './health.ts'
import { memberApi, memberPages } from './members.ts'

/**
 * Creates the HTTP application: sign-in for everybody; pages, their live updates and the API for members. It does not
 * listen.
 */
export async function createWeb(context: WebContext, changes: Changes, health: Health) {
  const { logger, settings } = context
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
  await app.register(files, { root: fileURLToPath(new URL('../assets/', import.meta.url)), prefix: '/assets/' })
  await app.register(async (everybody) => signInRoute(everybody, context))
  await app.register(async (members) => memberApi(members, context, changes))
  await app.register(async (members) => memberPages(members, context))
  return app
}
