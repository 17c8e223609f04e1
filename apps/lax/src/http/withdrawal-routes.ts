import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { reinstate, withdraw } from '../store/withdrawal-store.ts'
import { refuseAnonymous, schemaError } from './errors.ts'
import { setUncached } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
import { order, refusals, Who, WhoAndWhy } from './schemas.ts'

const Done = Type.Object({
  status: Type.Union([Type.Literal('withdrawn'), Type.Literal('reinstated')]),
  id: Type.String(),
  versions: Type.Integer({ description: 'that were public, or are again' }),
})

const replies = {
  200: { description: 'It is done; it may be repeated.', content: { 'application/json': { schema: Done } } },
  ...refusals,
}

/** Adds withdrawal: PUT takes an article from readers, DELETE gives it back as it was. */
export function addWithdrawalRoutes(api: App, { sql, answers, journals, now }: RouteContext): void {
  api.put(
    '/v2/articles/:id/withdrawal',
    {
      schemaErrorFormatter: schemaError('the body must be {"who": "...", "why": "..."}'),
      schema: {
        ...order,
        operationId: 'withdrawArticle',
        summary: 'Withdraw an article from readers',
        body: WhoAndWhy,
        response: replies,
      },
      onRequest: refuseAnonymous,
    },
    async (request, reply) => {
      const id = articleOf(request.params.id, journals)
      const versions = await withdraw(sql, id, request.body, now())
      answers.forget(id)
      setUncached(reply)
      return { status: 'withdrawn' as const, id, versions }
    },
  )
  api.delete(
    '/v2/articles/:id/withdrawal',
    {
      schemaErrorFormatter: schemaError('the body must be {"who": "..."}'),
      schema: {
        ...order,
        operationId: 'reinstateArticle',
        summary: 'Give a withdrawn article back to readers',
        body: Who,
        response: replies,
      },
      onRequest: refuseAnonymous,
    },
    async (request, reply) => {
      const id = articleOf(request.params.id, journals)
      const versions = await reinstate(sql, id, request.body.who, now())
      answers.forget(id)
      setUncached(reply)
      return { status: 'reinstated' as const, id, versions }
    },
  )
}
