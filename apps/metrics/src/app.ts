import { createApp, type App, type Checks, type Logger, type ServiceHealth } from '@continuum/service'
import { CatalogueError } from './catalogue/lax-catalogue.ts'
import { checkDaysClose } from './count/close-day.ts'
import { addCitationRoutes } from './http/citation-routes.ts'
import { addCounterRoutes } from './http/counter-routes.ts'
import { addFormerApi } from './http/former-api.ts'
import { addOperatorRoutes } from './http/operator-routes.ts'
import { sendProblem } from './http/replies.ts'
import type { RouteContext } from './http/route-context.ts'
import { addSummaryRoutes } from './http/summary-routes.ts'
import { addUsageRoutes } from './http/usage-routes.ts'

const api = {
  title: 'Metrics',
  version: '2.0.0',
  description: 'Usage and citations of articles, and usage reports by COUNTER 5.1.',
  tags: [
    { name: 'metrics', description: 'Usage and citations of articles' },
    { name: 'COUNTER', description: 'Usage reports for libraries: the COUNTER API, release 5.1' },
    { name: 'former API', description: 'The metrics API of 2016' },
    { name: 'operation', description: 'Requests of operators and of the site' },
    { name: 'health', description: 'The state of the service' },
  ],
  securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN' } },
} as const

/** Creates the usage counter as an HTTP application; `serve` listens. */
export async function createMetrics(
  context: RouteContext & {
    logger: Logger
    trustedProxies?: readonly string[] | undefined
    health?: ServiceHealth
  },
): Promise<App> {
  const { sql, catalogue, logger, trustedProxies, health, now } = context
  const checks: Checks = {
    database: async () => void (await sql`select 1`),
    'article store': catalogue.check,
    'days close': () => checkDaysClose(sql, now()),
  }
  const app = await createApp({
    name: 'metrics',
    logger,
    trustedProxies,
    checks,
    api,
    health,
  })
  await app.register(async (routes: App) => {
    routes.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof CatalogueError)
        return sendProblem(reply, 503, 'temporarily unavailable', 'the article store is down')
      const { statusCode = 500 } = error
      if (statusCode < 500) return sendProblem(reply, statusCode, 'bad request', error.message)
      request.log.error({ err: error }, 'request failed')
      return sendProblem(reply, statusCode, 'internal error')
    })
    addSummaryRoutes(routes, context)
    addUsageRoutes(routes, context)
    addCitationRoutes(routes, context)
    addFormerApi(routes, context)
    addCounterRoutes(routes, context)
  })
  await app.register(async (routes: App) => addOperatorRoutes(routes, context))
  return app
}
