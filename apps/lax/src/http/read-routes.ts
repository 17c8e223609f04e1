import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ArticleContent } from '../store/article-cache.ts'
import { articleNumber, versionNumber } from './address.ts'
import { historyText } from './history.ts'
import { arrayText, mergedText, objectText } from '../store/json-text.ts'
import { negotiate } from './media-types.ts'
import { namesRecipients } from './funding.ts'
import { readPaging } from './paging.ts'
import { sightOf, type Parts } from './route-context.ts'
import { findRelations, listArticles, listRelated, listVersions, type Sight } from '../store/read-store.ts'
import { relatedText } from './related.ts'
import { contentOf } from '../store/content.ts'
import { sendContent, sendNotAcceptable, sendNotFound } from './replies.ts'

type OfArticle = { Params: { id: string } }
type OfVersion = { Params: { id: string; version: string } }

/** The public article API, version 2: lists, articles, their histories and relations. */
export function addReadRoutes(api: FastifyInstance, parts: Parts): void {
  const { sql, articles } = parts

  api.get<{ Querystring: Record<string, unknown> }>('/v2/articles', async (request, reply) => {
    const paging = readPaging(request.query)
    const sight = sightOf(request, parts)
    const answer = negotiate('list', request.headers.accept)
    if (!answer) return sendNotAcceptable(reply)
    const { total, items } = await listArticles(sql, sight, paging)
    const snippets = items.map(({ head, snippet }) => mergedText(head, snippet))
    const text = objectText({ total: `${total}`, items: arrayText(snippets) })
    return sendContent(request, reply, contentOf(text), { answer, sight })
  })

  api.get<OfArticle>('/v2/articles/:id', async (request, reply) => {
    const sight = sightOf(request, parts)
    return sendArticle(request, reply, sight, await articles.find(sight, articleNumber(request.params.id)))
  })

  api.get<OfVersion>('/v2/articles/:id/versions/:version', async (request, reply) => {
    const sight = sightOf(request, parts)
    const { id, version } = request.params
    return sendArticle(request, reply, sight, await articles.find(sight, articleNumber(id), versionNumber(version)))
  })

  api.get<OfArticle>('/v2/articles/:id/versions', async (request, reply) => {
    const sight = sightOf(request, parts)
    const versions = await listVersions(sql, sight, articleNumber(request.params.id))
    if (versions.length === 0) return sendNotFound(reply)
    const answer = negotiate('history', request.headers.accept)
    if (!answer) return sendNotAcceptable(reply)
    return sendContent(request, reply, contentOf(historyText(versions, answer.version)), { answer, sight })
  })

  api.get<OfArticle>('/v2/articles/:id/related', async (request, reply) => {
    const sight = sightOf(request, parts)
    const article = articleNumber(request.params.id)
    const named = await findRelations(sql, sight, article)
    if (!named) return sendNotFound(reply)
    const answer = negotiate('related', request.headers.accept)
    if (!answer) return sendNotAcceptable(reply)
    const text = relatedText(named, await listRelated(sql, sight, article), answer.version)
    return sendContent(request, reply, contentOf(text), { answer, sight })
  })
}

function sendArticle(
  request: FastifyRequest,
  reply: FastifyReply,
  sight: Sight,
  found: ArticleContent | undefined,
): FastifyReply {
  if (!found) return sendNotFound(reply)
  const answer = negotiate(found.status, request.headers.accept, () => namesRecipients(found.bytes.toString()))
  if (!answer) return sendNotAcceptable(reply)
  if (sight === 'everything') reply.header('x-continuum-run', found.run)
  return sendContent(request, reply, found, { answer, sight })
}
