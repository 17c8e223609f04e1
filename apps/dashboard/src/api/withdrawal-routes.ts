import { randomUUID } from 'node:crypto'
import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { isWithdrawal, pendingWithdrawal, withdrawalOf, withdrawalOutcome } from '../derive/rules/withdrawal.ts'
import { isOver } from '../derive/history/steps.ts'
import type { WebContext } from '../http/context.ts'
import { apiRoute } from '../http/replies.ts'
import { loadArticle } from '../project/article-rows.ts'
import { requestWithdrawal } from '../publish/request-withdrawal.ts'
import { requestsOfBatch } from '../store/requests.ts'

const Id = Type.String({ pattern: '^\\S+$', maxLength: 100, description: 'the id of the article' })
const Words = Type.String({ minLength: 1, maxLength: 1000 })

const orderSchema = {
  ...apiRoute.contract,
  operationId: 'orderWithdrawal',
  summary: 'Withdraw an article from readers, or give it back',
  body: Type.Union([
    Type.Object({
      id: Id,
      order: Type.Literal('withdraw'),
      why: Type.String({ ...Words, description: 'the reason, which readers see' }),
      who: Type.Optional(
        Type.String({ ...Words, description: 'who asks for it; by default the author of the request' }),
      ),
    }),
    Type.Object({ id: Id, order: Type.Literal('reinstate'), who: Type.Optional(Words) }),
  ]),
  response: {
    200: {
      description: 'The request is stored and sent, or refused for a reason.',
      content: {
        'application/json': {
          schema: Type.Object({
            id: Type.String(),
            result: Type.Enum(['queued', 'error']),
            message: Type.String({ description: 'the reason of a refusal' }),
          }),
        },
      },
    },
    ...apiRoute.replies,
  },
}

const stateSchema = {
  ...apiRoute.contract,
  operationId: 'getWithdrawal',
  summary: 'Tell whether an article is withdrawn, and what became of the last request',
  params: Type.Object({ id: Id }),
  response: {
    200: {
      description: 'The state of the withdrawal.',
      content: {
        'application/json': {
          schema: Type.Object({
            id: Type.String(),
            withdrawn: Type.Union([Type.String(), Type.Null()], { description: 'the reason; null where it is not' }),
            pending: Type.Boolean({ description: 'a request is under way' }),
            done: Type.String({ description: 'what was done last, in words' }),
            problem: Type.String({ description: 'why the last request failed; empty where it did not' }),
          }),
        },
      },
    },
    ...apiRoute.replies,
  },
}

/** Registers withdrawing an article from readers, and giving it back, for the command line and other machines: at once. */
export function withdrawalApiRoutes(app: App, { sql, settings, sendRequests }: WebContext): void {
  app.post('/api/withdrawal', { schema: orderSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { body, member } = request
    const batch = randomUUID()
    await requestWithdrawal(sql, body.id, body.order, {
      by: member?.name ?? '',
      why: body.order === 'withdraw' ? body.why : '',
      who: body.who,
      batch,
      previewBaseUrl: settings.PREVIEW_BASE_URL,
    })
    await sendRequests()
    const [made] = await requestsOfBatch(sql, batch)
    const refused = made?.result === 'error'
    return reply.send({ id: body.id, result: refused ? 'error' : 'queued', message: refused ? made.message : '' })
  })

  app.get('/api/withdrawal/:id', { schema: stateSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { id } = request.params
    const known = await loadArticle(sql, id)
    if (!known) return reply.send({ id, withdrawn: null, pending: false, done: '', problem: '' })
    const { article, requests } = known
    const last = requests.findLast(({ kind, result }) => isWithdrawal(kind) && result === 'queued')
    const type = last?.kind === 'reinstate' ? 'Reinstate Article' : 'Withdraw Article'
    const run = article.versions.flatMap(({ runs }) => runs).find((one) => one.id === last?.run)
    const step = run?.steps.findLast((one) => one.type === type)
    const said = step?.message ?? ''
    const outcome = last && withdrawalOutcome(article, last)
    return reply.send({
      id,
      withdrawn: withdrawalOf(article) ?? null,
      // Its last words come after the news of the article.
      pending: pendingWithdrawal(article, requests) !== undefined || (step !== undefined && !isOver(step)),
      done: outcome === 'done' ? said : '',
      problem: outcome === 'failed' ? said : '',
    })
  })
}
