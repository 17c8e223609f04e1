import type { App } from '@continuum/service'
import { Event, Property, UnidentifiedDelivery } from '@continuum/messages'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import { feedAfter, feedEnd } from '../store/messages.ts'

const maxItems = 1000

const Sequenced = { sequence: Type.Integer({ description: 'its place in the order of arrival' }), kind: Type.String() }

const FeedItem = Type.Union([
  Type.Object({ ...Event.properties, ...Sequenced }, { additionalProperties: true }),
  Type.Object({ ...Property.properties, ...Sequenced }, { additionalProperties: true }),
  Type.Object({ ...UnidentifiedDelivery.properties, ...Sequenced }, { additionalProperties: true }),
])

const schema = {
  ...apiRoute.contract,
  operationId: 'getFeed',
  summary: 'Get the messages after a sequence number, in the order of arrival',
  description: `At most ${maxItems} messages; \`last\` is the next \`after\`. Without \`after\` it is the end of the feed.`,
  querystring: Type.Object({ after: Type.Optional(Type.Integer({ minimum: 0 })) }),
  response: {
    200: {
      description: 'The messages.',
      content: {
        'application/json': { schema: Type.Object({ items: Type.Array(FeedItem), last: Type.Integer() }) },
      },
    },
    ...apiRoute.replies,
  },
}

/**
 * Registers the feed of all messages in the order of arrival, up to a thousand at a time: `last` is the next `after`.
 * Without `after`, or beyond the end, there are no items and `last` is the end.
 */
export function feedRoute(app: App, { sql }: WebContext): void {
  app.get('/api/feed', { schema, config: { role: 'reader' }, logLevel: 'warn' }, async (request, reply) => {
    const { after } = request.query
    const items = after === undefined ? [] : await feedAfter(sql, after, maxItems)
    return reply.send({ items, last: items.at(-1)?.sequence ?? (await feedEnd(sql)) })
  })
}
