import { createApp, type App, type Logger } from '@continuum/service'
import { createArticleCache } from './store/article-cache.ts'
import { answerError, answerNotAllowed } from './http/errors.ts'
import type { Parts } from './http/route-context.ts'
import { addReadRoutes } from './http/read-routes.ts'
import { Refused } from './rules/rule-violation.ts'
import { sendNotFound } from './http/replies.ts'
import { addVersionLookup } from './http/version-lookup.ts'
import { addWriteRoutes } from './http/write-routes.ts'

/** The article store over HTTP: everything but listening. */
export async function createLax(
  given: Omit<Parts, 'articles'> & { logger: Logger; trustedProxies?: readonly string[] | undefined },
): Promise<App> {
  const { logger, sql } = given
  const parts: Parts = { ...given, articles: await createArticleCache(sql) }
  const checks = { database: async () => void (await sql`select 1`) }
  const app = await createApp({ name: 'lax', logger, checks, trustedProxies: given.trustedProxies })
  app.addHook('onClose', parts.articles.close)
  await app.register(
    async (api) => {
      api.setErrorHandler(answerError)
      api.setNotFoundHandler((_, reply) => sendNotFound(reply))
      api.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, text: string) =>
        readJson(text),
      )
      addReadRoutes(api, parts)
      addWriteRoutes(api, parts)
      addVersionLookup(api, parts)
      for (const url of ['/v2/articles', '/v2/articles/:id', '/v2/articles/:id/versions', '/v2/articles/:id/related']) {
        api.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url, handler: answerNotAllowed('GET, HEAD') })
      }
      api.route({
        method: ['PATCH', 'DELETE'],
        url: '/v2/articles/:id/versions/:version',
        handler: answerNotAllowed('GET, HEAD, PUT, POST'),
      })
    },
    { prefix: '/api' },
  )
  return app
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refused(
      'bad-request',
      `could not decode the json you gave me: ${error instanceof Error ? error.message : text}`,
    )
  }
}
