import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { feedAfter, feedEnd } from '../store/messages.ts'

const most = 1000

const FeedQuery = Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) })

/**
 * Everything that arrived, in order, a thousand at a time: ask again with `after` = `last`. Without `after`, or beyond the
 * end, it tells where the end is.
 */
export function feedRoute(app: FastifyInstance, { sql }: WebContext): void {
  app.get<{ Querystring: { after?: number } }>(
    '/api/feed',
    { schema: { querystring: FeedQuery }, logLevel: 'warn' },
    async (request, reply) => {
      const { after } = request.query
      const items = after === undefined ? [] : await feedAfter(sql, after, most)
      return reply.send({ items, last: items.at(-1)?.sequence ?? (await feedEnd(sql)) })
    },
  )
}
