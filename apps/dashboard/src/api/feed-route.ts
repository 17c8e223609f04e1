import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { feedAfter, feedEnd } from '../store/messages.ts'

const maxItems = 1000

const FeedQuery = Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) })

/**
 * Registers the feed of all messages in the order of arrival, up to a thousand at a time: `last` is the next `after`.
 * Without `after`, or beyond the end, there are no items and `last` is the end.
 */
export function feedRoute(app: FastifyInstance, { sql }: WebContext): void {
  app.get<{ Querystring: { after?: number } }>(
    '/api/feed',
    { schema: { querystring: FeedQuery }, logLevel: 'warn' },
    async (request, reply) => {
      const { after } = request.query
      const items = after === undefined ? [] : await feedAfter(sql, after, maxItems)
      return reply.send({ items, last: items.at(-1)?.sequence ?? (await feedEnd(sql)) })
    },
  )
}
