import { randomUUID } from 'node:crypto'
import type { Property } from '@continuum/messages'
import type { App } from '@continuum/service'
import type { ISql } from 'postgres'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import { refreshArticle } from '../project/article-rows.ts'
import { recordActivity } from '../store/activity.ts'
import { applyChange } from '../store/apply-change.ts'
import { insertMessage } from '../store/messages.ts'

const schema = {
  ...apiRoute.contract,
  operationId: 'recordActivity',
  summary: 'Record what was done elsewhere, such as by the command line',
  body: Type.Object({
    action: Type.Enum(['withdraw', 'reinstate', 'retract', 'undo retraction', 'rerun execution']),
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
export function activityRoute(app: App, { sql, settings }: WebContext): void {
  app.post('/api/activity', { schema, config: { role: 'operator' } }, async (request, reply) => {
    const { action, article, why = '' } = request.body
    await applyChange(sql, article ?? null, async (transaction) => {
      await recordActivity(transaction, { ...request.body, by: request.member?.name ?? '' })
      if (article === undefined || (action !== 'withdraw' && action !== 'reinstate')) return
      await recordWithdrawal(transaction, article, action === 'withdraw' ? why : '')
      await refreshArticle(transaction, article, settings.PREVIEW_BASE_URL)
    })
    return reply.send({ result: 'success' })
  })
}

/** Keeps the message that the bot sends where it withdraws an article itself; with an empty reason it is public again. */
async function recordWithdrawal(sql: ISql, article: string, why: string): Promise<void> {
  const message: Property = {
    message_type: 'property',
    item_identifier: article,
    version: '0',
    name: 'withdrawn',
    value: why,
    property_type: 'text',
    message_id: randomUUID(),
  }
  await insertMessage(sql, message, Temporal.Now.instant().epochMilliseconds)
}
