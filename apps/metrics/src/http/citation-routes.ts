import type { App } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { readCitations, type ServiceCitations } from '../citations/citation-store.ts'
import { PagingQuery, readPaging } from './paging.ts'
import {
  accepts,
  badRequestReply,
  failureReply,
  notAcceptableReply,
  notFoundReply,
  sendJson,
  sendProblem,
} from './replies.ts'
import { findAsked, type RouteContext } from './route-context.ts'

const mediaType = 'application/vnd.elife.metric-citations+json; version=1'

const Citations = Type.Array(
  Type.Object({
    service: Type.String({ examples: ['Crossref'] }),
    uri: Type.String({ description: 'the DOI of the article as an address' }),
    citations: Type.Integer({ minimum: 0 }),
    checked: Type.Optional(
      Type.String({ format: 'date-time', description: 'when the service told it; absent while it has not' }),
    ),
  }),
  { $id: 'Citations' },
)

const common = { tags: ['metrics'], security: [], querystring: PagingQuery }
const response = {
  200: {
    description: 'The services that count here, the highest number first.',
    content: { [mediaType]: { schema: Citations } },
  },
  400: badRequestReply,
  404: notFoundReply,
  406: notAcceptableReply,
  '5xx': failureReply,
}

/** Adds the citations of an article, `/metrics/article/{id}/citations`, and of one version, `.../citations/version/{v}`. */
export function addCitationRoutes(app: App, context: RouteContext): void {
  const { sql, services } = context
  app.get(
    '/metrics/article/:id/citations',
    {
      schema: {
        ...common,
        operationId: 'citations',
        summary: 'Count the citations of an article',
        params: Type.Object({ id: Type.String({ examples: ['00353'] }) }),
        response,
      },
    },
    async (request, reply) => {
      const article = await findAsked(request.params.id, context)
      if (!article?.doi || services.length === 0) return sendProblem(reply, 404, 'not found')
      if (!accepts(request.headers.accept, mediaType)) return sendProblem(reply, 406, 'not acceptable')
      const found = await readCitations(sql, services, article.id)
      return sendJson(reply, mediaType, pageOf(found, article.doi, request.query))
    },
  )
  app.get(
    '/metrics/article/:id/citations/version/:version',
    {
      schema: {
        ...common,
        operationId: 'citationsOfVersion',
        summary: 'Count the citations of one version, which has a DOI of its own',
        params: Type.Object({ id: Type.String(), version: Type.Integer({ minimum: 1, maximum: 999 }) }),
        response,
      },
    },
    async (request, reply) => {
      const article = await findAsked(request.params.id, context)
      const doi = article?.doi && `${article.doi}.${request.params.version}`
      const found = article && doi ? await readCitations(sql, services, article.id, doi) : []
      if (!doi || !found.some(({ checked }) => checked)) return sendProblem(reply, 404, 'not found')
      if (!accepts(request.headers.accept, mediaType)) return sendProblem(reply, 406, 'not acceptable')
      return sendJson(reply, mediaType, pageOf(found, doi, request.query))
    },
  )
}

/** Sorts all services before a page of them is taken: one that is on another page does not count as 0. */
function pageOf(
  found: readonly ServiceCitations[],
  doi: string,
  query: Static<typeof PagingQuery>,
): Static<typeof Citations> {
  const { page, perPage, order } = readPaging(query)
  const sign = order === 'asc' ? 1 : -1
  return found
    .toSorted((a, b) => sign * (a.number - b.number) || (a.service < b.service ? -1 : 1))
    .slice((page - 1) * perPage, page * perPage)
    .map(({ service, number, checked }) => ({
      service,
      uri: `https://doi.org/${doi}`,
      citations: number,
      ...(checked && { checked: checked.toString({ smallestUnit: 'second' }) }),
    }))
}
