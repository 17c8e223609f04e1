import { emptyReply, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { countSubjects } from '../editions/list-store.ts'
import { listArticles } from '../editions/listing-store.ts'
import { homePage } from '../pages/home-page.ts'
import {
  failureReply,
  notFoundReply,
  pageReplies,
  isUnavailable,
  sendFailure,
  sendNotFound,
  sendPage,
} from '../site/answers.ts'
import { addArticleRoutes } from './article-routes.ts'
import { addBrowseRoutes } from './browse-routes.ts'
import { addKeptAnswers, keepAndSend } from '../site/kept-answers.ts'
import { addJournalRoutes } from './journal-routes.ts'
import { addCitationRoutes } from './citation-routes.ts'
import { addFeedRoutes } from './feed-routes.ts'
import { addOaiRoutes } from './oai-routes.ts'
import { addFileRoutes } from './file-routes.ts'
import { addPreviewRoutes } from './preview-routes.ts'
import { addSearchRoutes } from './search-routes.ts'
import { addUsageHooks } from '../usage/hooks.ts'
import type { Site } from '../site/site.ts'
import { pathOfName, readName } from './version-name.ts'

const perPage = 20

const homeSchema = {
  tags: ['reading'],
  security: [],
  operationId: 'home',
  summary: 'Show the latest articles',
  querystring: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999, default: 1 })) }),
  response: { ...pageReplies('A page of the list.'), 404: notFoundReply, '5xx': failureReply },
}

const formerAddressSchema = {
  tags: ['reading'],
  security: [],
  operationId: 'formerAddress',
  summary: "Redirect an address of the journal's first website, such as /content/1/e00353v1 or /content/1/e00353v1.pdf",
  params: Type.Object({ volume: Type.String(), '*': Type.String({ description: '`e` and the name of the article' }) }),
  response: { 302: emptyReply('To the article.'), 404: notFoundReply, '5xx': failureReply },
}

const contentSchema = {
  ...formerAddressSchema,
  operationId: 'contentAddress',
  summary: 'Redirect the address that the pipeline gives an article of another than the default journal',
  params: Type.Object({ name: Type.String({ examples: ['ijm-00202v1'] }) }),
}

/** Adds everything that is read in a browser. */
export function addPageRoutes(app: App, site: Site): void {
  const { sql, pages, journals, keptPages } = site
  addUsageHooks(app, site.usage)
  addKeptAnswers(app, site)
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const copy = isUnavailable(error) && !('preview' in Object(request.query)) ? keptPages.copy(request.url) : undefined
    if (copy === undefined) return sendFailure(error, request, reply, pages)
    request.log.warn({ err: error }, 'a copy of the page was served')
    return sendPage(reply, copy)
  })

  app.get('/', { config: { kept: true }, schema: homeSchema }, async (request, reply) => {
    const { page = 1 } = request.query
    const [{ total, editions }, subjects] = await Promise.all([
      listArticles(sql, { kind: 'all' }, { page, perPage }),
      page === 1 ? countSubjects(sql) : [],
    ])
    if (editions.length === 0 && page !== 1) return sendNotFound(reply, pages)
    const shown = homePage(pages, { editions, journals, subjects, page, pages: Math.ceil(total / perPage) })
    return keepAndSend(site, request, reply, shown)
  })

  addArticleRoutes(app, site)
  addBrowseRoutes(app, site)
  addJournalRoutes(app, site)
  addSearchRoutes(app, site)
  addFileRoutes(app, site)
  addCitationRoutes(app, site)
  addFeedRoutes(app, site)
  addOaiRoutes(app, site)
  addPreviewRoutes(app, site)

  const toPresentAddress = (written: string, request: FastifyRequest, reply: FastifyReply) => {
    const [, id = '', file = ''] = /^(.*?)(\.pdf|\.xml)?$/.exec(written) ?? []
    const name = readName(id, journals)
    return name ? reply.redirect(pathOfName(name) + file + queryOf(request), 302) : sendNotFound(reply, pages)
  }
  app.get('/content/:volume/*', { schema: formerAddressSchema }, async (request, reply) => {
    const [, written = ''] = /^e(\d+(?:v\d+)?(?:\.pdf|\.xml)?)(?:\/|$)/.exec(request.params['*']) ?? []
    return toPresentAddress(written, request, reply)
  })
  app.get('/content/:name', { schema: contentSchema }, async (request, reply) =>
    toPresentAddress(request.params.name, request, reply),
  )

  app.get('/*', { schema: { hide: true } }, (_, reply) => sendNotFound(reply, pages))
}

function queryOf({ url }: Pick<FastifyRequest, 'url'>): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at)
}
