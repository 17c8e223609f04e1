import { DepositDetails, Deposits, DepositState } from '@continuum/messages'
import { problemReply, type App } from '@continuum/service'
import { Type } from 'typebox'
import { IllegalMoveError } from '../rules/state.ts'
import { readDeposit, UnknownDepositError } from '../store/deposits.ts'
import { listDeposits, readDetails } from '../store/lists.ts'
import { actOnDeposit, acts } from '../work/act.ts'
import type { RouteContext } from './context.ts'
import { describeDeposit, route } from './replies.ts'

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })
const json = (description: string, schema: Parameters<typeof Type.Array>[0]) => ({
  description,
  content: { 'application/json': { schema } },
})
const unknown = { 404: problemReply('There is no such deposit.') }

const Filter = Type.Object({
  article: Type.Optional(Type.String({ minLength: 1 })),
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  run: Type.Optional(Type.String({ minLength: 1 })),
  recipient: Type.Optional(Type.String({ minLength: 1 })),
  state: Type.Optional(DepositState),
  open: Type.Optional(Type.Boolean({ description: 'true: those that have not ended, and those that need a person' })),
  offset: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 200 })),
})

const Act = Type.Object({
  ids: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 1_000 }),
  act: Type.Enum(acts, { description: 'send again, mark as done or as refused by hand, or cancel' }),
  by: Type.String({ minLength: 1, description: 'the person' }),
  why: Type.Optional(Type.String({ minLength: 1, description: 'the reason; needed for all but to send again' })),
})

/** Adds the routes that list deposits, show what was sent, and act on them. */
export function addDepositRoutes(app: App, context: RouteContext): void {
  const { sql, recipients } = context
  app.get(
    '/deposits',
    {
      schema: {
        ...route.contract,
        operationId: 'listDeposits',
        summary: 'List deposits, the newest first',
        querystring: Filter,
        response: { 200: json('The deposits.', Deposits), ...route.replies },
      },
    },
    async ({ query }) => {
      const { limit = 200 } = query
      const rows = await listDeposits(sql, { ...query, limit: limit + 1 })
      return {
        deposits: rows.slice(0, limit).map((row) => describeDeposit(row, recipients)),
        more: rows.length > limit,
      }
    },
  )
  app.get(
    '/deposits/:id',
    {
      schema: {
        ...route.contract,
        operationId: 'getDeposit',
        summary: 'Get a deposit with its attempts and what people did',
        params: Id,
        response: { 200: json('The deposit.', DepositDetails), ...route.replies, ...unknown },
      },
    },
    async ({ params }, reply) => {
      try {
        const row = await readDeposit(sql, params.id)
        return { ...describeDeposit(row, recipients), ...(await readDetails(sql, row)) }
      } catch (error) {
        if (!(error instanceof UnknownDepositError)) throw error
        return reply
          .code(404)
          .type(problemType)
          .send(problem(404, 'Not Found', error.message))
      }
    },
  )
  app.get(
    '/deposits/:id/document',
    {
      schema: {
        ...route.contract,
        operationId: 'getDocument',
        summary: 'Get the document of a deposit, byte for byte as it was sent',
        params: Id,
        response: {
          200: { description: 'The document.', content: { '*/*': { schema: Type.Unknown() } } },
          ...route.replies,
          404: problemReply('There is no such deposit, or it has no document yet.'),
        },
      },
    },
    async ({ params }, reply) => {
      const row = await readDeposit(sql, params.id).catch((error: unknown) => {
        if (error instanceof UnknownDepositError) return undefined
        throw error
      })
      if (!row?.document) {
        const detail = row
          ? `${row.part} of ${row.article} v${row.version} for ${row.recipient} has no document yet: ${row.rule}`
          : `There is no deposit ${params.id}.`
        return reply
          .code(404)
          .type(problemType)
          .send(problem(404, 'Not Found', detail))
      }
      const { mediaType, name } = row.document
      return reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`)
        .send(await context.readDocument(row.document))
    },
  )
  app.post(
    '/deposits/act',
    {
      schema: {
        ...route.contract,
        operationId: 'actOnDeposits',
        summary: 'Send deposits again, mark them as done or as refused by hand, or cancel them',
        body: Act,
        response: {
          200: json(
            'The outcome of each.',
            Type.Array(Type.Object({ id: Type.String(), done: Type.Boolean(), problem: Type.Optional(Type.String()) })),
          ),
          ...route.replies,
        },
      },
    },
    async ({ body }, reply) => {
      const { ids, act, by, why } = body
      if (act !== 'again' && why === undefined)
        return reply
          .code(400)
          .type(problemType)
          .send(problem(400, 'Bad Request', 'Give the reason (why).'))
      const outcomes = []
      for (const id of ids) {
        try {
          await actOnDeposit(context, id, { act, by, why })
          outcomes.push({ id, done: true })
        } catch (error) {
          if (!(error instanceof IllegalMoveError) && !(error instanceof UnknownDepositError)) throw error
          outcomes.push({ id, done: false, problem: error.message })
        }
      }
      return outcomes
    },
  )
}

const problemType = 'application/problem+json; charset=utf-8'
const problem = (status: number, title: string, detail: string) => ({ title, detail, status })
