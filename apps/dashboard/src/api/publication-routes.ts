import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { articleBody } from '../derive/rows/api-rows.ts'
import { publicationStatus } from '../derive/rules/publication-status.ts'
import { requestPublication } from '../publish/request-publication.ts'
import { loadArticle } from '../project/article-rows.ts'
import { currentBody } from '../store/lists.ts'
import { articlesOf, PublicationItem, StatusItem } from './bodies.ts'

const ArticleParams = Type.Object({ id: Type.String() })

/** Registers the current runs, the details of an article, and the publication of articles. */
export function publicationRoutes(app: FastifyInstance, { sql, settings, sendRequests }: WebContext): void {
  const { PREVIEW_BASE_URL: previewBaseUrl } = settings

  app.get('/api/current', async (_, reply) =>
    reply.type('application/json; charset=utf-8').send(await currentBody(sql)),
  )

  app.get<{ Params: { id: string } }>(
    '/api/article/:id',
    { schema: { params: ArticleParams } },
    async (request, reply) => {
      const known = await loadArticle(sql, request.params.id)
      return known ? articleBody(known.article, previewBaseUrl) : reply.code(404).send()
    },
  )

  app.post('/api/queue_article_publication', async (request, reply) => {
    const items = articlesOf(PublicationItem, request.body)
    const requester = { by: request.member?.name ?? '', batch: randomUUID(), previewBaseUrl }
    const articles = []
    for (const { id, version, run, force } of items) {
      const wanted = { id, version: version ?? undefined, run: run ?? undefined, force }
      const result = await requestPublication(sql, wanted, requester)
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
  })

  app.post('/api/article_publication_status', async (request, reply) => {
    const items = articlesOf(StatusItem, request.body)
    const articles = []
    for (const { id, version, run } of items) {
      const known = await loadArticle(sql, id)
      const { status, message } = publicationStatus(known?.article, known?.requests ?? [], Number(version))
      articles.push({ id, version, run, 'publication-status': status, message })
    }
    return reply.send({ articles })
  })
}
