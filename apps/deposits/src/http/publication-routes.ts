import { Deposit, PublishedRun } from '@continuum/messages'
import { problemReply, sendProblem, type App } from '@continuum/service'
import { Type } from 'typebox'
import { LaxUnavailableError } from '../services/lax.ts'
import { UnplannableRunError } from '../plan/gather.ts'
import { wakeUnaddressed } from '../work/unaddressed.ts'
import { isEnd } from '../rules/state.ts'
import type { RouteContext } from './context.ts'
import { describeDeposit, route } from './replies.ts'

/** Adds the route by which the pipeline tells what was published. It may be repeated: a publication is planned once. */
export function addPublicationRoutes(app: App, context: RouteContext): void {
  app.post(
    '/publications',
    {
      schema: {
        ...route.contract,
        operationId: 'planPublication',
        summary: 'Plan the deposits of a publication: a decision for every recipient',
        body: PublishedRun,
        response: {
          200: { description: 'They are planned.', content: { 'application/json': { schema: Type.Array(Deposit) } } },
          ...route.replies,
          422: problemReply('The run cannot be planned: a person must look.'),
          503: problemReply('The article store does not answer: nothing was planned. Try again.'),
        },
      },
    },
    async (request, reply) => {
      try {
        const planned = await context.plan(request.body)
        await context.runs.begin(planned.filter(({ state }) => !isEnd(state)))
        await wakeUnaddressed(context, [request.body.articleId])
        return planned.map((row) => describeDeposit(row, context.recipients))
      } catch (error) {
        const status =
          error instanceof LaxUnavailableError ? 503 : error instanceof UnplannableRunError ? 422 : undefined
        if (status === undefined || !(error instanceof Error)) throw error
        const problem = {
          title: status === 503 ? 'Service Unavailable' : 'Unprocessable Content',
          detail: error.message,
          status,
        }
        return sendProblem(reply, problem)
      }
    },
  )
}
