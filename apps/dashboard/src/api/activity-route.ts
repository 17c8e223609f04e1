import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import { recordActivity } from '../store/activity.ts'

const schema = {
  ...apiRoute.contract,
  operationId: 'recordActivity',
  summary: 'Record what was done elsewhere, such as by the command line',
  body: Type.Object({
    action: Type.Enum([
      'retract',
      'undo retraction',
      'rerun execution',
      'start workflow',
      'set property',
      'redrive',
      'import articles',
    ]),
    article: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'the id of the article' })),
    subject: Type.Optional(Type.String({ maxLength: 500, description: 'what was acted on, where it is no article' })),
    detail: Type.Optional(Type.String({ maxLength: 1000 })),
    why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason' })),
  }),
  response: {
    200: {
      description: 'It is stored.',
      content: { 'application/json': { schema: Type.Object({ result: Type.Literal('success') }) } },
    },
    ...apiRoute.replies,
  },
}

/** Registers the record of what is done past the dashboard. */
export function activityRoute(app: App, { sql }: WebContext): void {
  app.post('/api/activity', { schema, config: { role: 'operator' } }, async (request, reply) => {
    await recordActivity(sql, { ...request.body, by: request.member?.name ?? '' })
    return reply.send({ result: 'success' })
  })
}
