import { Deposit } from '@continuum/messages'
import { problemReply, sendProblem, type App } from '@continuum/service'
import { Type } from 'typebox'
import { UnplannableRunError } from '../plan/gather.ts'
import { Notice } from '../rules/facts.ts'
import { isEnd } from '../rules/state.ts'
import type { DepositRow } from '../store/deposits.ts'
import type { RouteContext } from './context.ts'
import { describeDeposit, route } from './replies.ts'

const common = {
  ...route.contract,
  params: Type.Object({ article: Type.String({ minLength: 1, examples: ['00353'] }) }),
  response: {
    200: {
      description: 'They are planned, with a decision for every recipient; none where nothing changes.',
      content: { 'application/json': { schema: Type.Array(Deposit) } },
    },
    ...route.replies,
    422: problemReply('No publication of the article is known here: tell recipients by hand.'),
  },
}

/** Adds the route by which recipients are told that an article was retracted or withdrawn, or that it no longer is. */
export function addNoticeRoutes(app: App, context: RouteContext): void {
  const start = async (planned: readonly DepositRow[]) => {
    await context.runs.begin(planned.filter(({ state }) => !isEnd(state)))
    return planned.map((row) => describeDeposit(row, context.recipients))
  }
  app.put(
    '/articles/:article/notice',
    {
      schema: {
        ...common,
        operationId: 'tellNotice',
        summary: 'Tell recipients that an article was retracted or withdrawn',
        body: Notice,
      },
    },
    async (request, reply) => {
      try {
        return await start(await context.planNotice(request.params.article, request.body))
      } catch (error) {
        return sendProblem(reply, unplannable(error))
      }
    },
  )
  app.delete(
    '/articles/:article/notice',
    {
      schema: {
        ...common,
        operationId: 'takeBackNotice',
        summary: 'Tell recipients that an article is no longer retracted or withdrawn',
      },
    },
    async (request, reply) => {
      try {
        return await start(await context.planNotice(request.params.article, undefined))
      } catch (error) {
        return sendProblem(reply, unplannable(error))
      }
    },
  )
}

function unplannable(error: unknown) {
  if (!(error instanceof UnplannableRunError)) throw error
  return { title: 'Unprocessable Content', detail: error.message, status: 422 }
}
