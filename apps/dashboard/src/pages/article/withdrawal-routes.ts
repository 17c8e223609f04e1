import { randomUUID } from 'node:crypto'
import type { App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, redirectReply } from '../../http/replies.ts'
import type { WithdrawalKind } from '../../derive/rules/withdrawal.ts'
import { requestWithdrawal } from '../../publish/request-withdrawal.ts'
import { createLaterSender } from '../../publish/send-later.ts'
import { holdSeconds } from '../../publish/take-back.ts'

const ArticleField = { article: Type.String({ pattern: '^\\S+$', description: 'the number of the article' }) }
const response = { 303: redirectReply('To the outcome of the request.'), ...formRoute.replies }

const withdrawSchema = {
  ...formRoute.contract,
  operationId: 'withdraw',
  summary: 'Withdraw an article from readers, in ten seconds',
  body: Type.Object({
    ...ArticleField,
    why: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S', description: 'the reason, which readers see' }),
    ...CsrfField,
  }),
  response,
}

const reinstateSchema = {
  ...formRoute.contract,
  operationId: 'reinstate',
  summary: 'Give a withdrawn article back to readers, in ten seconds',
  body: Type.Object({ ...ArticleField, ...CsrfField }),
  response,
}

/** Registers withdrawing an article from readers, and giving it back. */
export function withdrawalRoutes(app: App, context: WebContext): void {
  const { sql, settings, sendRequests } = context
  const later = createLaterSender(sendRequests)
  app.addHook('onClose', (_, done) => {
    later.stop()
    done()
  })
  const ask = async (
    { member }: FastifyRequest,
    reply: FastifyReply,
    kind: WithdrawalKind,
    article: string,
    why = '',
  ) => {
    const batch = randomUUID()
    const { PREVIEW_BASE_URL: previewBaseUrl } = settings
    await requestWithdrawal(sql, article, kind, { by: member?.name ?? '', why, batch, previewBaseUrl, holdSeconds })
    later.sendIn(holdSeconds)
    return reply.redirect(`/publications/${batch}`, 303)
  }

  app.post('/article/withdraw', { schema: withdrawSchema, config: { role: 'publisher' } }, async (request, reply) =>
    ask(request, reply, 'withdraw', request.body.article, request.body.why.trim()),
  )

  app.post('/article/reinstate', { schema: reinstateSchema, config: { role: 'publisher' } }, async (request, reply) =>
    ask(request, reply, 'reinstate', request.body.article),
  )
}
