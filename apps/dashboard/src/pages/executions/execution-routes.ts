import { html, type App } from '@continuum/service'
import { executionStatuses } from '@continuum/workflow-core'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { pageReply, pageRoute } from '../../http/replies.ts'
import { ExecutionsUnavailableError } from '../../executions/bounded.ts'
import type { ExecutionsQuery } from '../../executions/list-executions.ts'
import { actsOfExecution } from '../../store/execution-acts.ts'
import { newestStepEvents } from '../../store/step-events.ts'
import { frameOf } from '../frame/frame.ts'
import { messagePage, sendNotFound } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import { actsHtml } from './acts.ts'
import { executionPage } from './execution-page.ts'
import { dayChoices, executionsPage } from './executions-page.ts'
import { executionPath } from './paths.ts'
import { gridOf } from './step-grid.ts'
import { gridPage } from './grid-page.ts'

const text = (description: string, maxLength = 300) => Type.Optional(Type.String({ maxLength, description }))

const listSchema = {
  ...pageRoute.contract,
  operationId: 'executionsPage',
  summary: 'List executions, open and closed',
  querystring: Type.Object({
    q: text('parts of an id, a workflow or a tag'),
    workflow: text('the name of a workflow'),
    status: Type.Optional(Type.Enum([...executionStatuses, ''], { description: 'open, or how it closed' })),
    article: text('the id of an article'),
    run: text('the id of a run of the article'),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, description: 'closed in the last days' })),
    deposits: Type.Optional(
      Type.Enum(['only', 'with', ''], {
        description: 'executions of deposits that wait or have ended well: alone, or beside the others',
      }),
    ),
    until: Type.Optional(Type.String({ format: 'date-time', description: 'closed until then' })),
  }),
  response: { 200: pageReply('The executions.'), ...pageRoute.replies, 503: pageReply('SWF does not answer.') },
}

const oneSchema = {
  ...pageRoute.contract,
  operationId: 'executionPage',
  summary: 'Show an execution with its steps',
  querystring: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 256, description: 'the workflow id' }),
    run: Type.String({ minLength: 1, maxLength: 64, description: 'the run id' }),
  }),
  response: {
    200: pageReply('The execution.'),
    ...pageRoute.replies,
    404: pageReply('SWF does not know it, or no longer.'),
    503: pageReply('SWF does not answer.'),
  },
}

const gridSchema = {
  ...pageRoute.contract,
  operationId: 'stepGridPage',
  summary: 'Show runs by steps over days: where they fail',
  querystring: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })) }),
  response: { 200: pageReply('The grid.'), ...pageRoute.replies },
}

const defaultDays = 7

/** Registers the pages of executions. */
export function executionRoutes(app: App, context: WebContext): void {
  const { swf, sql } = context

  app.get('/executions', { schema: listSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { q, workflow, status, article, run, days = defaultDays, until, deposits } = request.query
    const query: ExecutionsQuery = {
      q: q?.trim() || undefined,
      workflow: workflow || undefined,
      status: status || undefined,
      article: article?.trim() || undefined,
      run: run || undefined,
      deposits: deposits || undefined,
      days: dayChoices.find((choice) => choice >= days) ?? defaultDays,
      until: until === undefined ? undefined : Temporal.Instant.from(until),
    }
    const [found, frame] = await Promise.all([swf.list(query).catch(unavailable), frameOf(request, context)])
    return sendPage(reply, typeof found === 'string' ? 503 : 200, executionsPage(query, found), frame)
  })

  app.get('/execution', { schema: oneSchema, config: { role: 'reader' } }, async (request, reply) => {
    const execution = { workflowId: request.query.id, runId: request.query.run }
    const [known, acts, frame] = await Promise.all([
      swf.read(execution).catch(unavailable),
      actsOfExecution(sql, execution.workflowId),
      frameOf(request, context),
    ])
    if (known === undefined) return sendNotFound(reply, `SWF does not know run ${execution.runId}, or no longer.`)
    if (typeof known === 'string') {
      const page = messagePage(
        `Execution ${execution.workflowId} unavailable`,
        html`<p role="alert">${known} Try again in a moment; nothing is lost.</p>
          <p><a class="button" href="${executionPath(execution)}">Try again</a></p>
          ${actsHtml(acts)}`,
      )
      return sendPage(reply, 503, { ...page, at: '/executions' }, frame)
    }
    return sendPage(reply, 200, executionPage(known, acts, swf.show, frame), frame)
  })

  app.get('/executions/steps', { schema: gridSchema, config: { role: 'reader' } }, async (request, reply) => {
    const days = dayChoices.find((choice) => choice >= (request.query.days ?? defaultDays)) ?? defaultDays
    const since = Temporal.Now.instant().subtract({ hours: 24 * days })
    const [events, frame] = await Promise.all([newestStepEvents(sql, since), frameOf(request, context)])
    return sendPage(reply, 200, gridPage(gridOf(events.received), { days, cut: events.cut }), frame)
  })
}

/** Returns the text for a page where SWF does not answer; any other error is thrown. */
function unavailable(error: unknown): string {
  if (error instanceof ExecutionsUnavailableError) return error.message
  throw error
}
