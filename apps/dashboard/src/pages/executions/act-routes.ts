import { html, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, redirectReply } from '../../http/replies.ts'
import { subjectOf } from '../../executions/subject.ts'
import { actsOfExecution, insertExecutionAct, type NewExecutionAct } from '../../store/execution-acts.ts'
import { frameOf } from '../frame/frame.ts'
import { messagePage } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import { executionPath } from './paths.ts'

const Ref = {
  id: Type.String({ minLength: 1, maxLength: 256, description: 'the workflow id' }),
  run: Type.String({ minLength: 1, maxLength: 64, description: 'the run id' }),
}
const why = { why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })) }
const response = { 303: redirectReply('To the execution.'), ...formRoute.replies }

const tryNowSchema = {
  ...formRoute.contract,
  operationId: 'tryStepNow',
  summary: 'Let a retry that waits begin at once',
  body: Type.Object({
    ...Ref,
    attempt: Type.String({ minLength: 1, maxLength: 256, description: 'the attempt that waits: PostToSite#3' }),
    ...CsrfField,
  }),
  response,
}

const terminateSchema = {
  ...formRoute.contract,
  operationId: 'terminateExecution',
  summary: 'Terminate an execution',
  body: Type.Object({ ...Ref, ...why, ...CsrfField }),
  response,
}

const rerunSchema = {
  ...formRoute.contract,
  operationId: 'rerunExecution',
  summary: 'Rerun an execution from its failed step',
  body: Type.Object({ ...Ref, ...why, ...CsrfField }),
  response,
}

/** Registers what operators do with executions: each act is stored, then done. */
export function executionActRoutes(app: App, context: WebContext): void {
  const { swf, sql } = context

  /** Stores an act and does it, as far as SWF answers; the page of the execution tells what became of it. */
  const act = async (request: FastifyRequest, reply: FastifyReply, wanted: Omit<NewExecutionAct, 'by' | 'article'>) => {
    const { workflowId } = wanted
    const article = subjectOf({ workflowId, tags: [] })?.article
    const id = await insertExecutionAct(sql, { ...wanted, article, by: request.member?.name ?? '' })
    await swf.sendActs()
    const done = (await actsOfExecution(sql, workflowId)).find((each) => each.id === id)
    return reply.redirect(executionPath({ workflowId, runId: done?.newRun || wanted.runId }), 303)
  }

  app.post('/executions/try-now', { schema: tryNowSchema, config: { role: 'operator' } }, async (request, reply) => {
    const { id, run, attempt } = request.body
    return act(request, reply, { kind: 'try now', workflowId: id, runId: run, attempt, why: '' })
  })

  app.post(
    '/executions/terminate',
    { schema: terminateSchema, config: { role: 'operator' } },
    async (request, reply) => {
      const { id, run } = request.body
      const reason = request.body.why?.trim() ?? ''
      if (reason === '') {
        const page = messagePage('Nothing was changed', html`<p>Give a reason: it is kept in the activity log.</p>`)
        return sendPage(reply, 400, { ...page, at: '/executions' }, await frameOf(request, context))
      }
      return act(request, reply, { kind: 'terminate', workflowId: id, runId: run, why: reason })
    },
  )

  app.post('/executions/rerun', { schema: rerunSchema, config: { role: 'operator' } }, async (request, reply) => {
    const { id, run } = request.body
    return act(request, reply, { kind: 'rerun', workflowId: id, runId: run, why: request.body.why?.trim() ?? '' })
  })
}
