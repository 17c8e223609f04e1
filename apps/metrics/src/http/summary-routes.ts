import type { App } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { readCitations } from '../citations/citation-store.ts'
import { readTotals, type ArticleTotals } from '../count/read-usage.ts'
import { PagingQuery, readPaging } from './paging.ts'
import { badRequestReply, failureReply, notFoundReply, sendJson, sendProblem } from './replies.ts'
import { findAsked, type RouteContext } from './route-context.ts'

const Summary = Type.Object(
  {
    id: Type.Union([Type.Integer(), Type.String()], {
      description: 'a number; the id of articles of further journals',
    }),
    views: Type.Integer(),
    downloads: Type.Integer(),
    crossref: Type.Integer(),
    pubmed: Type.Integer({ description: 'by Europe PMC' }),
    scopus: Type.Integer({ description: 'always 0: it is not asked' }),
  },
  { $id: 'Summary' },
)
const Summaries = Type.Object({ total: Type.Integer({ description: 'of all pages' }), items: Type.Array(Summary) })

const json = 'application/json; charset=utf-8'
const response = {
  200: {
    description: 'Totals of views, downloads and citations.',
    content: { 'application/json': { schema: Summaries } },
  },
  400: badRequestReply,
  404: notFoundReply,
  '5xx': failureReply,
}

/** Adds the totals of an article, `/metrics/article/{id}/summary`, and of all, `/metrics/article/summary`. */
export function addSummaryRoutes(app: App, context: RouteContext): void {
  const { sql } = context
  const common = { tags: ['metrics'], security: [] }
  app.get(
    '/metrics/article/summary',
    {
      schema: {
        ...common,
        operationId: 'summaries',
        summary: 'List the totals of all articles that were used or cited, newest number first',
        querystring: PagingQuery,
        response,
      },
    },
    async (request, reply) => {
      const { total, items } = await readTotals(sql, readPaging(request.query))
      return sendJson(reply, json, { total, items: await Promise.all(items.map((each) => summaryOf(each, context))) })
    },
  )
  app.get(
    '/metrics/article/:id/summary',
    {
      schema: {
        ...common,
        operationId: 'summary',
        summary: 'Get the totals of an article',
        params: Type.Object({ id: Type.String({ examples: ['00353'] }) }),
        response,
      },
    },
    async (request, reply) => {
      const article = await findAsked(request.params.id, context)
      if (!article) return sendProblem(reply, 404, 'not found')
      const { items } = await readTotals(sql, { page: 1, perPage: 1, order: 'desc' }, article.id)
      return sendJson(reply, json, {
        total: 1,
        items: await Promise.all(items.map((each) => summaryOf(each, context))),
      })
    },
  )
}

async function summaryOf(
  { article, views, downloads }: ArticleTotals,
  { sql, services }: RouteContext,
): Promise<Static<typeof Summary>> {
  const citations = await readCitations(sql, services, article)
  const by = (name: string) => citations.find(({ service }) => service === name)?.number ?? 0
  return {
    id: /^\d+$/.test(article) ? Number(article) : article,
    views,
    downloads,
    crossref: by('Crossref'),
    pubmed: by('Europe PMC'),
    scopus: 0,
  }
}
