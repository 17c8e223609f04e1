import { readArticleId, type Journal } from '@continuum/article'
import type { App, Sql } from '@continuum/service'
import { Type } from 'typebox'
import { keepRetraction } from '../editions/record-store.ts'
import { Retraction } from '../editions/retraction.ts'
import { answerSchemaError, errorReplies, sendUnknown } from './ingest-replies.ts'

const { 400: invalid, 403: forbidden, 404: unknown, '5xx': failure } = errorReplies
const Done = Type.Object({ retracted: Type.Boolean() })
const route = {
  tags: ['ingest'],
  security: [{ pipeline: [] }],
  params: Type.Object({
    id: Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 100, examples: ['00353'] }),
  }),
  response: {
    200: { description: 'Readers see it now.', content: { 'application/json': { schema: Done } } },
    400: invalid,
    403: forbidden,
    404: unknown,
    '5xx': failure,
  },
}

/** Adds retraction: the article stays, and its page, feeds and harvesters say that it is retracted. Both may be repeated. */
export function addRetractionRoutes(
  routes: App,
  { sql, journals, now }: { sql: Sql; journals: readonly Journal[]; now: () => Temporal.Instant },
): void {
  const errorHandler = answerSchemaError
  const articleOf = (id: string) => readArticleId(id, journals) ?? id
  routes.put(
    '/retract/:id',
    {
      schema: {
        ...route,
        operationId: 'retractArticle',
        summary: 'Show an article as retracted',
        body: Retraction,
      },
      errorHandler,
    },
    async (request, reply) => {
      const known = await keepRetraction(sql, articleOf(request.params.id), request.body, now())
      return known ? { retracted: true } : sendUnknown(reply)
    },
  )
  routes.delete(
    '/retract/:id',
    {
      schema: { ...route, operationId: 'undoRetraction', summary: 'Show an article as retracted no more' },
      errorHandler,
    },
    async (request, reply) => {
      const known = await keepRetraction(sql, articleOf(request.params.id), undefined, now())
      return known ? { retracted: false } : sendUnknown(reply)
    },
  )
}
