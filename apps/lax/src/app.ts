import { createApp, createServiceHealth, type App, type Logger, type ServiceHealth } from '@continuum/service'
import { createAnswerCache } from './http/answer-cache.ts'
import { answerError } from './http/errors.ts'
import { addFirstApi } from './http/first-api.ts'
import { addFragmentRoutes } from './http/fragment-routes.ts'
import { addGone } from './http/gone.ts'
import { addCrossOrigin, addOtherMethods } from './http/methods.ts'
import { addSearchRoutes } from './http/search-routes.ts'
import { countWork } from './http/metrics.ts'
import { addReadRoutes } from './http/read-routes.ts'
import { sendNotFound } from './http/replies.ts'
import { addRetractionRoutes } from './http/retraction-routes.ts'
import { addVisibility, type RouteContext } from './http/route-context.ts'
import { addWithdrawalRoutes } from './http/withdrawal-routes.ts'
import { addWriteRoutes } from './http/write-routes.ts'
import { RuleViolationError } from './rules/rule-violation.ts'

const api = {
  title: 'Article store',
  version: '2.0.0',
  description: 'Keeps the versions of articles, and serves what is public as the article API.',
  tags: [
    { name: 'articles', description: 'The public article API' },
    { name: 'search', description: 'Search of published articles' },
    { name: 'pipeline', description: 'Requests of the publishing pipeline' },
    { name: 'health', description: 'The state of the service' },
  ],
  securitySchemes: {
    token: { type: 'http', scheme: 'bearer', description: 'LAX_TOKEN: needed to write and to see previews' },
  },
} as const

/**
 * Creates the article store as an HTTP application; `serve` listens.
 *
 * @param options.alone no other process writes to this database, so changes need not be listened for
 */
export async function createLax(
  options: Omit<RouteContext, 'answers' | 'metrics'> & {
    logger: Logger
    health?: ServiceHealth
    trustedProxies?: readonly string[] | undefined
    alone?: boolean
  },
): Promise<App> {
  const { logger, sql, trustedProxies, alone = false, health = createServiceHealth('lax') } = options
  const checks = { database: async () => void (await sql`select 1`) }
  const app = await createApp({ name: 'lax', logger, checks, health, trustedProxies, api })
  addVisibility(app, options)
  const metrics = countWork(health, { sql, logger })
  const answers = await createAnswerCache(sql, { alone })
  const context: RouteContext = { ...options, answers, metrics }
  app.addHook('onClose', context.answers.close)
  addCrossOrigin(app)
  addGone(app)
  await app.register(
    async (routes: App) => {
      routes.setErrorHandler(answerError)
      routes.setNotFoundHandler((_, reply) => sendNotFound(reply))
      routes.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, text: string) =>
        readJson(text),
      )
      addReadRoutes(routes, context)
      addSearchRoutes(routes, context)
      addWriteRoutes(routes, context)
      addWithdrawalRoutes(routes, context)
      addRetractionRoutes(routes, context)
      addFirstApi(routes, context)
      await addFragmentRoutes(routes, context)
      addOtherMethods(routes)
    },
    { prefix: '/api' },
  )
  await app.register(
    async (routes: App) => {
      routes.setErrorHandler(answerError)
      addFirstApi(routes, context, { hide: true })
    },
    { prefix: '/proxy/lax/api' },
  )
  return app
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RuleViolationError(
      'bad-request',
      `could not decode the json you gave me: ${error instanceof Error ? error.message : text}`,
    )
  }
}
