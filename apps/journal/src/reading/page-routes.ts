import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sendFailure, sendNotFound, sendPage } from './answers.ts'
import { addArticleRoutes } from './article-routes.ts'
import { listLatest } from '../editions/edition-store.ts'
import { homePage } from '../pages/home-page.ts'
import { addPreviewRoutes } from './preview-routes.ts'
import type { Site } from './site.ts'
import { pathOfName, readName } from './version-name.ts'

const perPage = 20

/** Everything that is read in a browser. */
export function addPageRoutes(app: FastifyInstance, site: Site): void {
  const { sql, pages } = site
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => sendFailure(error, request, reply, pages))

  app.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const { page: asked = '1' } = request.query
    const page = typeof asked === 'string' && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 0
    const { total, editions } = page > 0 ? await listLatest(sql, { page, perPage }) : { total: 0, editions: [] }
    if (editions.length === 0 && page !== 1) return sendNotFound(reply, pages)
    return sendPage(reply, homePage(pages, { editions, page, pages: Math.ceil(total / perPage) }))
  })

  addArticleRoutes(app, site)
  addPreviewRoutes(app, site)

  // Addresses of the journal's first website: /content/1/e00353v1, and of parts of an article below it.
  app.get<{ Params: { volume: string; '*': string } }>('/content/:volume/*', async (request, reply) => {
    const name = readName(/^e(\d+(?:v\d+)?)(?:\/|$)/.exec(request.params['*'])?.[1] ?? '')
    return name ? reply.redirect(pathOfName(name) + queryOf(request), 302) : sendNotFound(reply, pages)
  })

  app.get('/*', (_, reply) => sendNotFound(reply, pages))
}

function queryOf({ url }: FastifyRequest): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}
