import { emptyReply, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ArticleContent } from '../store/article-cache.ts'
import { contentOf } from '../store/content.ts'
import { arrayText, mergedText, objectText } from '../store/json-text.ts'
import { findRelations, listArticles, listRelated, listVersions, type Visibility } from '../store/read-store.ts'
import { schemaError } from './errors.ts'
import { namesRecipients } from './funding.ts'
import { historyText } from './history.ts'
import { negotiate } from './media-types.ts'
import { PagingQuery, readPaging } from './paging.ts'
import { relatedText } from './related.ts'
import { sendContent, sendNotAcceptable, sendNotFound } from './replies.ts'
import { articleOf, visibilityOf, type RouteContext } from './route-context.ts'
import {
  Article,
  ArticleList,
  ArticleParams,
  contentReply,
  errorReply,
  History,
  Related,
  VersionParams,
} from './schemas.ts'

const read = { tags: ['articles'], security: [{}, { token: [] }] }
const commonReplies = {
  304: emptyReply('The client has the content already (If-None-Match).'),
  406: errorReply('No supported media type is acceptable.'),
  '5xx': errorReply('The store failed.'),
}
const notFound = errorReply('No such article or version is visible to the client.')
const articleReplies = {
  200: {
    ...contentReply(['poa', 'vor'], Article, 'The article.'),
    headers: {
      'x-continuum-run': { type: 'string', description: 'the run that ingested it; only with the token' },
    },
  },
  404: notFound,
  ...commonReplies,
}

/** Adds the public article API, version 2: lists, articles, their histories and relations. */
export function addReadRoutes(api: App, context: RouteContext): void {
  const { sql, articles, journals } = context
  const schemaErrorFormatter = schemaError('')

  api.get(
    '/v2/articles',
    {
      schemaErrorFormatter,
      schema: {
        ...read,
        operationId: 'listArticles',
        summary: 'List articles by the date of their newest version',
        querystring: PagingQuery,
        response: {
          200: contentReply(['list'], ArticleList, 'A page of articles, empty past the last one.'),
          400: errorReply('A paging parameter is invalid.'),
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const paging = readPaging(request.query)
      const visibility = visibilityOf(request, context)
      const answer = negotiate('list', request.headers.accept)
      if (!answer) return sendNotAcceptable(reply)
      const { total, items } = await listArticles(sql, visibility, paging)
      const snippets = items.map(({ head, snippet }) => mergedText(head, snippet))
      const text = objectText({ total: `${total}`, items: arrayText(snippets) })
      return sendContent(request, reply, contentOf(text), { answer, visibility })
    },
  )

  api.get(
    '/v2/articles/:id',
    {
      schemaErrorFormatter,
      schema: {
        ...read,
        operationId: 'getArticle',
        summary: 'Get the newest version of an article',
        params: ArticleParams,
        response: articleReplies,
      },
    },
    async (request, reply) => {
      const visibility = visibilityOf(request, context)
      return sendArticle(
        request,
        reply,
        visibility,
        await articles.find(visibility, articleOf(request.params.id, journals)),
      )
    },
  )

  api.get(
    '/v2/articles/:id/versions/:version',
    {
      schemaErrorFormatter,
      schema: {
        ...read,
        operationId: 'getVersion',
        summary: 'Get a version of an article',
        params: VersionParams,
        response: articleReplies,
      },
    },
    async (request, reply) => {
      const visibility = visibilityOf(request, context)
      const { id, version } = request.params
      return sendArticle(request, reply, visibility, await articles.find(visibility, articleOf(id, journals), version))
    },
  )

  api.get(
    '/v2/articles/:id/versions',
    {
      schemaErrorFormatter,
      schema: {
        ...read,
        operationId: 'getHistory',
        summary: 'Get the history of an article: its dates, preprints and versions',
        params: ArticleParams,
        response: {
          200: contentReply(['history'], History, 'The history, oldest first.'),
          404: notFound,
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const visibility = visibilityOf(request, context)
      const versions = await listVersions(sql, visibility, articleOf(request.params.id, journals))
      if (versions.length === 0) return sendNotFound(reply)
      const answer = negotiate('history', request.headers.accept)
      if (!answer) return sendNotAcceptable(reply)
      return sendContent(request, reply, contentOf(historyText(versions, answer.version)), { answer, visibility })
    },
  )

  api.get(
    '/v2/articles/:id/related',
    {
      schemaErrorFormatter,
      schema: {
        ...read,
        operationId: 'listRelated',
        summary: 'List what is related to an article',
        params: ArticleParams,
        response: {
          200: contentReply(['related'], Related, 'Citations, reviewed preprints, then articles of this store.'),
          404: notFound,
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const visibility = visibilityOf(request, context)
      const id = articleOf(request.params.id, journals)
      const relations = await findRelations(sql, visibility, id)
      if (!relations) return sendNotFound(reply)
      const answer = negotiate('related', request.headers.accept)
      if (!answer) return sendNotAcceptable(reply)
      const text = relatedText(relations, await listRelated(sql, visibility, id), answer.version)
      return sendContent(request, reply, contentOf(text), { answer, visibility })
    },
  )
}

function sendArticle(
  request: FastifyRequest,
  reply: FastifyReply,
  visibility: Visibility,
  found: ArticleContent | undefined,
): FastifyReply {
  if (!found) return sendNotFound(reply)
  const answer = negotiate(found.status, request.headers.accept, () => namesRecipients(found.bytes.toString()))
  if (!answer) return sendNotAcceptable(reply)
  if (visibility === 'everything') reply.header('x-continuum-run', found.run)
  return sendContent(request, reply, found, { answer, visibility })
}
