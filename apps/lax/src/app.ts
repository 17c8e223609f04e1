import { createApp, type App, type Logger } from '@continuum/service'
import { answerError, answerNotAllowed } from './http/errors.ts'
import { addReadRoutes } from './http/read-routes.ts'
import { sendNotFound } from './http/replies.ts'
import type { RouteContext } from './http/route-context.ts'
import { addVersionLookup } from './http/version-lookup.ts'
import { addWriteRoutes } from './http/write-routes.ts'
import { RuleViolationError } from './rules/rule-violation.ts'
import { createArticleCache } from './store/article-cache.ts'

const api = {
  title: 'Article store',
  version: '2.0.0',
  description: 'Keeps the versions of articles, and serves what is public as the article API.',
  tags: [
    { name: 'articles', description: 'The public article API' },
    { name: 'pipeline', description: 'Requests of the publishing pipeline' },
    { name: 'health', description: 'The state of the service' },
  ],
  securitySchemes: {
    token: { type: 'http', scheme: 'bearer', description: 'LAX_TOKEN: needed to write and to see previews' },
  },
} as const

/** Creates the article store as an HTTP application; `serve` listens. */
export async function createLax(
  options: Omit<RouteContext, 'articles'> & { logger: Logger; trustedProxies?: readonly string[] | undefined },
): Promise<App> {
  const { logger, sql, trustedProxies } = options
  const context: RouteContext = { ...options, articles: await createArticleCache(sql) }
  const checks = { database: async () => void (await sql`select 1`) }
  const app = await createApp({ name: 'lax', logger, checks, trustedProxies, api })
  app.addHook('onClose', context.articles.close)
  await app.register(
    async (routes: App) => {
      routes.setErrorHandler(answerError)
      routes.setNotFoundHandler((_, reply) => sendNotFound(reply))
      routes.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, text: string) =>
        readJson(text),
      )
      addReadRoutes(routes, context)
      addWriteRoutes(routes, context)
      addVersionLookup(routes, context)
      addMethodsNotAllowed(routes)
    },
    { prefix: '/api' },
  )
  return app
}

function addMethodsNotAllowed(routes: App): void {
  const schema = { hide: true }
  for (const url of ['/v2/articles', '/v2/articles/:id', '/v2/articles/:id/versions', '/v2/articles/:id/related']) {
    const handler = answerNotAllowed('GET, HEAD')
    routes.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url, schema, handler })
  }
  routes.route({
    method: ['PATCH', 'DELETE'],
    url: '/v2/articles/:id/versions/:version',
    schema,
    handler: answerNotAllowed('GET, HEAD, PUT, POST'),
  })
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
