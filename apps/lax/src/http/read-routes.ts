import { emptyReply, type App } from '@continuum/service'
import { orWithdrawn, readArticle, readHistory, readList, readRelated } from './answers.ts'
import { schemaError } from './errors.ts'
import type { Found } from './answer-cache.ts'
import { demandsPublicApi } from './media-types.ts'
import { PagingQuery, readPaging } from './paging.ts'
import { sendAnswer } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
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
const gone = errorReply('The article has been withdrawn; `detail` says why.')
const articleReplies = {
  200: {
    ...contentReply(['poa', 'vor'], Article, 'The article.'),
    headers: {
      'x-continuum-run': { type: 'string', description: 'the run that ingested it; only with the token' },
    },
  },
  404: notFound,
  410: gone,
  ...commonReplies,
}

/** Adds the public article API, version 2: lists, articles, their histories and relations. */
export function addReadRoutes(api: App, context: RouteContext): void {
  const { sql, answers, journals, metrics } = context
  const schemaErrorFormatter = schemaError('')
  const timed = (name: string, id: string, work: () => Promise<Found | undefined>) => () =>
    metrics.timed(name, () => orWithdrawn(sql, id, work))

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
      const { visibility, headers } = request
      const paging = readPaging(request.query)
      const publicOnly = demandsPublicApi(headers.accept)
      const key = `${visibility} list ${paging.page} ${paging.perPage} ${paging.order} ${publicOnly}`
      const load = () => metrics.timed('list', () => readList(sql, visibility, paging, publicOnly))
      return sendAnswer(request, reply, await answers.find(key, undefined, load))
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
      const { visibility } = request
      const id = articleOf(request.params.id, journals)
      const load = timed('article', id, () => readArticle(sql, visibility, id))
      return sendAnswer(request, reply, await answers.find(`${visibility} article ${id}`, id, load))
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
      const { visibility } = request
      const { version } = request.params
      const id = articleOf(request.params.id, journals)
      const load = timed('article', id, () => readArticle(sql, visibility, id, version))
      return sendAnswer(request, reply, await answers.find(`${visibility} article ${id} ${version}`, id, load))
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
          410: gone,
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const { visibility } = request
      const id = articleOf(request.params.id, journals)
      const load = timed('history', id, () => readHistory(sql, visibility, id))
      return sendAnswer(request, reply, await answers.find(`${visibility} history ${id}`, id, load))
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
          410: gone,
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const { visibility, headers } = request
      const id = articleOf(request.params.id, journals)
      const publicOnly = demandsPublicApi(headers.accept)
      const load = timed('related', id, () => readRelated(sql, visibility, id, publicOnly))
      const key = `${visibility} related ${id} ${publicOnly}`
      return sendAnswer(request, reply, await answers.find(key, undefined, load))
    },
  )
}
