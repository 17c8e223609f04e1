import { parseArticleId } from '@continuum/article'
import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { retract, undoRetraction } from '../store/retraction-store.ts'
import { refuseAnonymous, schemaError } from './errors.ts'
import { setUncached } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
import { order, refusals, Who, WhoAndWhy } from './schemas.ts'

const Order = Type.Object({
  ...WhoAndWhy.properties,
  notice: Type.Optional(
    Type.String({ pattern: '^10\\.\\d{4,9}/\\S+$', maxLength: 200, description: 'the DOI of the notice' }),
  ),
})
const Retracted = Type.Object({
  status: Type.Literal('retracted'),
  id: Type.String(),
  date: Type.String({ description: 'the day of the retraction' }),
  reason: Type.String(),
  notice: Type.Optional(Type.String()),
})
const Undone = Type.Object({ status: Type.Literal('not retracted'), id: Type.String(), was: Type.Boolean() })

/** Adds retraction: PUT marks an article as retracted in all its versions, DELETE takes that back. Its text stays public. */
export function addRetractionRoutes(api: App, { sql, answers, journals, now }: RouteContext): void {
  const addressOf = (name: string) => {
    const article = articleOf(name, journals)
    const journal = parseArticleId(article, journals)?.journal
    if (!journal) throw new RuleViolationError('record-not-found', `no journal has an article '${name}'`)
    return { article, journal, journals }
  }
  api.put(
    '/v2/articles/:id/retraction',
    {
      schemaErrorFormatter: schemaError('the body must be {"who": "...", "why": "...", "notice": "10.1234/..."}'),
      schema: {
        ...order,
        operationId: 'retractArticle',
        summary: 'Retract an article: its text stays, with a notice',
        body: Order,
        response: {
          200: {
            description: 'It is retracted; it may be repeated.',
            content: { 'application/json': { schema: Retracted } },
          },
          ...refusals,
        },
      },
      onRequest: refuseAnonymous,
    },
    async (request, reply) => {
      const of = addressOf(request.params.id)
      const retraction = await retract(sql, of, request.body, now())
      answers.forget(of.article)
      setUncached(reply)
      return { status: 'retracted' as const, id: of.article, ...retraction }
    },
  )
  api.delete(
    '/v2/articles/:id/retraction',
    {
      schemaErrorFormatter: schemaError('the body must be {"who": "..."}'),
      schema: {
        ...order,
        operationId: 'undoRetraction',
        summary: 'Take the retraction of an article back',
        body: Who,
        response: {
          200: { description: 'It is not retracted.', content: { 'application/json': { schema: Undone } } },
          ...refusals,
        },
      },
      onRequest: refuseAnonymous,
    },
    async (request, reply) => {
      const of = addressOf(request.params.id)
      const was = await undoRetraction(sql, of, request.body.who, now())
      answers.forget(of.article)
      setUncached(reply)
      return { status: 'not retracted' as const, id: of.article, was }
    },
  )
}
