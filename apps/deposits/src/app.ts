import { createApp, createServiceHealth, type App, type Logger, type ServiceHealth } from '@continuum/service'
import { guard, type RouteContext } from './http/context.ts'
import { addDepositRoutes } from './http/deposit-routes.ts'
import { addListedAuthorRoutes } from './http/listed-author-routes.ts'
import { addNoticeRoutes } from './http/notice-routes.ts'
import { addPublicationRoutes } from './http/publication-routes.ts'
import { addRecipientRoutes } from './http/recipient-routes.ts'
import { addSuppressionRoutes } from './http/suppression-routes.ts'
import { countDeposits } from './store/metrics.ts'

const api = {
  title: 'Deposits',
  version: '1.0.0',
  description: 'Keeps what each recipient gets of each publication, and whether it arrived.',
  tags: [
    { name: 'deposits', description: 'The deposits and their recipients' },
    { name: 'health', description: 'The state of the service' },
  ],
  securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'DEPOSITS_TOKEN: needed for everything' } },
} as const

/** Creates the deposits service as an HTTP application; `serve` listens. */
export async function createDeposits(
  options: RouteContext & {
    logger: Logger
    trustedProxies?: readonly string[] | undefined
    health?: ServiceHealth
  },
): Promise<App> {
  const { logger, sql, trustedProxies, health = createServiceHealth('deposits') } = options
  const checks = { database: async () => void (await sql`select 1`) }
  const app = await createApp({ name: 'deposits', logger, checks, health, trustedProxies, api })
  countDeposits(health, sql)
  await app.register(
    async (routes: App) => {
      routes.addHook('onRequest', guard(options))
      addPublicationRoutes(routes, options)
      addNoticeRoutes(routes, options)
      addDepositRoutes(routes, options)
      addRecipientRoutes(routes, options)
      addSuppressionRoutes(routes, options)
      addListedAuthorRoutes(routes, options)
    },
    { prefix: '/api' },
  )
  return app
}
