import { emptyReply, type App } from '@continuum/service'
import { Type } from 'typebox'
import { contentOf } from '../store/content.ts'
import { arrayText, mergedText, objectText } from '../store/json-text.ts'
import { listSubjects, searchArticles, type Search } from '../store/search-store.ts'
import type { Found } from './answer-cache.ts'
import { sendAnswer, sendError } from './replies.ts'
import type { RouteContext } from './route-context.ts'
import { schemaError } from './errors.ts'
import { contentReply, errorReply, SearchResults, Subject, SubjectList } from './schemas.ts'
import { readSearch, SearchQuery } from './search-query.ts'

/** The types of the public API: each is in an answer, those of other content than articles with 0. */
const types =
  `correction editorial expression-concern feature insight research-advance research-article research-communication
  retraction registered-report replication-study review-article scientific-correspondence short-report tools-resources blog-article
  collection interview labs-post podcast-episode reviewed-preprint`.split(/\s+/)

const commonReplies = {
  304: emptyReply('The client has the content already (If-None-Match).'),
  406: errorReply('No supported media type is acceptable.'),
  '5xx': errorReply('The store failed.'),
}

/** Adds the search of published articles, and their subjects. */
export function addSearchRoutes(api: App, { sql, answers }: RouteContext): void {
  api.get(
    '/v2/search',
    {
      schemaErrorFormatter: schemaError(''),
      schema: {
        tags: ['search'],
        security: [],
        operationId: 'search',
        summary: 'Search published articles by words, subjects, types and dates',
        querystring: SearchQuery,
        response: {
          200: contentReply(['search'], SearchResults, 'A page of results, with their subjects and types.'),
          400: errorReply('A parameter is invalid.'),
          404: errorReply('There is no such page.'),
          ...commonReplies,
        },
      },
    },
    async (request, reply) => {
      const search = readSearch(request.query)
      const load = () => readResults(search)
      const found = await answers.find(`published search ${JSON.stringify(search)}`, undefined, load)
      if (!found) return sendError(reply, 404, { title: 'not found', detail: `No page ${search.page}` })
      return sendAnswer(request, reply, found)
    },
  )

  api.get(
    '/v2/subjects',
    {
      schema: {
        tags: ['search'],
        security: [],
        operationId: 'listSubjects',
        summary: 'List the subjects of published articles',
        response: {
          200: { description: 'All subjects, by name.', content: { 'application/json': { schema: SubjectList } } },
          '5xx': commonReplies['5xx'],
        },
      },
    },
    async (_, reply) => {
      const items = (await listSubjects(sql)).map(({ id, name, results }) => ({ id, name, articles: results }))
      return reply.header('cache-control', 'public, max-age=300').send({ total: items.length, items })
    },
  )

  api.get(
    '/v2/subjects/:id',
    {
      schema: {
        tags: ['search'],
        security: [],
        operationId: 'getSubject',
        summary: 'Get a subject of published articles',
        params: Type.Object({ id: Type.String({ examples: ['neuroscience'] }) }),
        response: {
          200: { description: 'The subject.', content: { 'application/json': { schema: Subject } } },
          404: errorReply('No published article is of this subject.'),
          '5xx': commonReplies['5xx'],
        },
      },
    },
    async (request, reply) => {
      const found = (await listSubjects(sql)).find(({ id }) => id === request.params.id)
      if (!found) return sendError(reply, 404, { title: 'not found' })
      const { id, name, results } = found
      return reply.header('cache-control', 'public, max-age=300').send({ id, name, articles: results })
    },
  )

  async function readResults(search: Search): Promise<Found | undefined> {
    const { total, items, subjects, types: counted } = await searchArticles(sql, search)
    if (items.length === 0 && search.page > 1) return undefined
    const all = { ...Object.fromEntries(types.map((type) => [type, 0])), ...counted }
    const content = contentOf(
      objectText({
        total: `${total}`,
        items: arrayText(items.map(({ head, snippet }) => mergedText(head, snippet))),
        subjects: JSON.stringify(subjects),
        types: JSON.stringify(all),
      }),
    )
    const fits = items.every(({ publicApi }) => publicApi === null || publicApi.length > 0)
    return { kind: 'search', ...(fits ? {} : { fitting: [] }), content: () => content, size: content.bytes.length }
  }
}
