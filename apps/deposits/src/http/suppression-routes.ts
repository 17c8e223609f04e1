import { Suppressions } from '@continuum/messages'
import { emptyReply, problemReply, sendProblem, type App } from '@continuum/service'
import { Type } from 'typebox'
import { listSuppressions, suppress, unsuppress } from '../store/suppressions.ts'
import type { RouteContext } from './context.ts'
import { route } from './replies.ts'

const Addressed = Type.Object({
  address: Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', maxLength: 254, description: 'a mail address' }),
})

/** Adds the routes of the suppression list: the addresses that no mail goes to, as they bounced or asked for it. */
export function addSuppressionRoutes(app: App, { sql, now }: Pick<RouteContext, 'sql' | 'now'>): void {
  app.get(
    '/suppressions',
    {
      schema: {
        ...route.contract,
        operationId: 'listSuppressions',
        summary: 'List the addresses that no mail goes to',
        response: {
          200: { description: 'The addresses.', content: { 'application/json': { schema: Suppressions } } },
          ...route.replies,
        },
      },
    },
    () => listSuppressions(sql),
  )
  app.put(
    '/suppressions/:address',
    {
      schema: {
        ...route.contract,
        operationId: 'suppressAddress',
        summary: 'Stop all mail to an address',
        params: Addressed,
        body: Type.Object({
          by: Type.String({ minLength: 1, description: 'the person' }),
          why: Type.String({ minLength: 1, description: 'the reason' }),
        }),
        response: { 204: emptyReply('No mail goes to it.'), ...route.replies },
      },
    },
    async ({ params, body }, reply) => {
      await suppress(sql, { ...params, ...body }, now())
      return reply.code(204).send()
    },
  )
  app.delete(
    '/suppressions/:address',
    {
      schema: {
        ...route.contract,
        operationId: 'unsuppressAddress',
        summary: 'Let mail go to an address again',
        params: Addressed,
        response: {
          204: emptyReply('Mail goes to it again.'),
          ...route.replies,
          404: problemReply('It was not on the list.'),
        },
      },
    },
    async ({ params: { address } }, reply) => {
      if (await unsuppress(sql, address)) return reply.code(204).send()
      const detail = `No mail to ${address} was stopped.`
      return sendProblem(reply, { title: 'Not Found', detail, status: 404 })
    },
  )
}
