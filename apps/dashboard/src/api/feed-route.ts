import type { App } from '@continuum/service'
import { Event, Property, UnidentifiedDelivery } from '@continuum/messages'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import type { Changes } from '../live/changes.ts'
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
  querystring: Type.Object({
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30,
        description: 'how many seconds to wait for a message where there is none after `after`',
      }),
    ),
  }),
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
 * Without `after`, or beyond the end, there are no items and `last` is the end; with `wait` the answer waits for one.
 */
export function feedRoute(app: App, { sql }: WebContext, changes: Changes): void {
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.get('/api/feed', { schema, config: { role: 'reader' }, logLevel: 'warn' }, async (request, reply) => {
    const { after, wait = 0 } = request.query
    const over = AbortSignal.any([closing.signal, request.signal, AbortSignal.timeout(wait * 1000)])
    const items = after === undefined ? [] : await untilSome(() => feedAfter(sql, after, maxItems), changes, over)
    return reply.send({ items, last: items.at(-1)?.sequence ?? (await feedEnd(sql)) })
  })
}

/** Reads until there is something, again after each change; nothing, when the signal aborts before. */
async function untilSome<Item>(read: () => Promise<Item[]>, changes: Changes, over: AbortSignal): Promise<Item[]> {
  for (;;) {
    const { promise: changed, resolve } = Promise.withResolvers<void>()
    // Before reading, so that nothing comes between.
    const unsubscribe = changes.subscribe(() => resolve())
    over.addEventListener('abort', () => resolve(), { once: true })
    try {
      const items = await read()
      if (items.length > 0 || over.aborted) return items
      await changed
      if (over.aborted) return []
    } finally {
      unsubscribe()
    }
  }
}
