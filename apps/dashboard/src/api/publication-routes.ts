import { randomUUID } from 'node:crypto'
import type { App } from '@continuum/service'
import type { FastifyReply } from 'fastify'
import { Type, type TSchema } from 'typebox'
import { articleBody } from '../derive/rows/api-rows.ts'
import { publicationStatus } from '../derive/rules/publication-status.ts'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import { loadArticle } from '../project/article-rows.ts'
import { requestPublication } from '../publish/request-publication.ts'
import { currentBody } from '../store/lists.ts'
import { ArticleDetails, Current, PublicationItem, PublicationResult, StatusItem, StatusResult } from './schemas.ts'

/** A list that may be null, which is an empty one, as in the original system. */
const listOf = <Item extends TSchema>(item: Item) => Type.Union([Type.Array(item), Type.Null()])

const currentSchema = {
  ...apiRoute.contract,
  operationId: 'getCurrent',
  summary: 'Get the current runs by section',
  response: {
    200: { description: 'The current runs.', content: { 'application/json': { schema: Current } } },
    ...apiRoute.replies,
  },
}

const articleSchema = {
  ...apiRoute.contract,
  operationId: 'getArticle',
  summary: 'Get the versions and runs of an article',
  params: Type.Object({ id: Type.String({ description: 'the number of the article' }) }),
  response: {
    200: { description: 'The article.', content: { 'application/json': { schema: ArticleDetails } } },
    ...apiRoute.replies,
    404: Type.Unsafe<undefined>({ type: 'null', description: 'No message is about this article.' }),
  },
}

const publishSchema = {
  ...apiRoute.contract,
  operationId: 'requestPublications',
  summary: 'Request the publication of runs',
  description: 'Each run has a result of its own: a refused one does not stop the others.',
  body: Type.Object({ articles: Type.Optional(listOf(PublicationItem)) }),
  response: {
    200: {
      description: 'The results, in the order of the request.',
      content: { 'application/json': { schema: Type.Object({ articles: Type.Array(PublicationResult) }) } },
    },
    ...apiRoute.replies,
  },
}

const statusSchema = {
  ...apiRoute.contract,
  operationId: 'getPublicationStatuses',
  summary: 'Get the publication status of versions',
  body: Type.Object({ articles: Type.Optional(listOf(StatusItem)) }),
  response: {
    200: {
      description: 'The statuses, in the order of the request; null for an unknown version.',
      content: { 'application/json': { schema: Type.Object({ articles: Type.Array(StatusResult) }) } },
    },
    ...apiRoute.replies,
  },
}

/** Registers the current runs, the details of an article, and the publication of articles. */
export function publicationRoutes(app: App, { sql, settings, sendRequests }: WebContext): void {
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings

  app.get('/api/current', { schema: currentSchema, config: { role: 'reader' } }, async (_, reply) =>
    sendJson(reply, await currentBody(sql)),
  )

  app.get('/api/article/:id', { schema: articleSchema, config: { role: 'reader' } }, async (request, reply) => {
    const known = await loadArticle(sql, request.params.id)
    return known ? reply.send(articleBody(known.article, previewBaseUrl)) : reply.code(404).send()
  })

  app.post(
    '/api/queue_article_publication',
    { schema: publishSchema, config: { role: 'publisher' } },
    async (request, reply) => {
      const requester = { by: request.member?.name ?? '', batch: randomUUID(), previewBaseUrl }
      const articles = []
      for (const { id, version, run, force, why } of request.body.articles ?? []) {
        const wanted = { id, version: version ?? undefined, run: run ?? undefined, force }
        const result = await requestPublication(sql, wanted, { ...requester, why })
        articles.push({
          id,
          'publication-status': result.result,
          run: result.run,
          version: result.version === null ? null : String(result.version),
          ...(result.result === 'error' && { message: result.reason }),
        })
      }
      await sendRequests()
      return reply.send({ articles })
    },
  )

  app.post(
    '/api/article_publication_status',
    { schema: statusSchema, config: { role: 'reader' } },
    async (request, reply) => {
      const articles = []
      for (const { id, version, run } of request.body.articles ?? []) {
        const known = await loadArticle(sql, id)
        const { status, message } = publicationStatus(known?.article, known?.requests ?? [], Number(version))
        articles.push({ id, version, run, 'publication-status': status, message })
      }
      return reply.send({ articles })
    },
  )
}

/** Sends JSON text that the database has built. */
function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(text)
}
