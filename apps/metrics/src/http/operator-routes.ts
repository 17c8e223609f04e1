import { Readable } from 'node:stream'
import { allowLongBody, bearer, isAccepted, problemReply, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { sourceStates } from '../citations/citation-store.ts'
import { closeDay, FutureDayError } from '../count/close-day.ts'
import { dayStates, keyOfDay } from '../count/days.ts'
import { rebuildDay, SiteUsageError } from '../count/rebuild-day.ts'
import { recountStale } from '../count/recount.ts'
import { takeHistory, UnreadableHistoryError } from '../history/history-file.ts'
import { UnreadableLogError } from '../intake/cloudfront-line.ts'
import { LongLineError } from '../intake/lines.ts'
import { takeLog } from '../intake/take-log.ts'
import { failureReply, sendProblem } from './replies.ts'
import type { RouteContext } from './route-context.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', examples: ['2026-01-31'] })
const jsonReply = (description: string) => ({
  description,
  content: { 'application/json': { schema: Type.Unknown() } },
})
const replies = {
  200: jsonReply('Done; the answer says what was done.'),
  400: problemReply('The request or the file is wrong.'),
  403: problemReply('The token is missing or wrong.'),
  409: problemReply('The state of the day forbids it.'),
  410: problemReply('The day is closed; its key is destroyed.'),
  '5xx': failureReply,
}
const common = { tags: ['operation'], security: [{ token: [] }] }

/** Adds the requests of operators and of the site: log files, history, the days and their keys. All need the token. */
export function addOperatorRoutes(app: App, context: RouteContext): void {
  const { sql, now } = context
  app.addHook('preValidation', async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isAccepted(bearer(request), context.token)) await sendProblem(reply, 403, 'not authenticated')
  })
  // Files come as they are, and are read while they arrive, for minutes where they are large.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof SiteUsageError) return sendProblem(reply, 409, 'refused', error.message)
    if (
      error instanceof UnreadableLogError ||
      error instanceof LongLineError ||
      error instanceof UnreadableHistoryError ||
      error instanceof FutureDayError
    ) {
      return sendProblem(reply, 400, 'bad request', error.message)
    }
    const { statusCode = 500 } = error
    if (statusCode < 500) return sendProblem(reply, statusCode, 'bad request', error.message)
    request.log.error({ err: error }, 'request failed')
    return sendProblem(reply, statusCode, 'failed', error.message)
  })

  app.get(
    '/usage/days/:day/key',
    {
      schema: {
        ...common,
        operationId: 'keyOfDay',
        summary: 'Get the key under which readers are named today',
        params: Type.Object({ day: Day }),
        response: { ...replies },
      },
    },
    async (request, reply) => {
      const key = await keyOfDay(sql, request.params.day, now())
      if (!key) return sendProblem(reply, 410, 'gone', 'this day is closed, or not near today')
      return reply.header('cache-control', 'no-store').send({ key: key.toString('base64url') })
    },
  )
  app.get(
    '/usage/state',
    {
      schema: {
        ...common,
        operationId: 'usageState',
        summary: 'See which days are open, and the age of citations',
        response: { ...replies },
      },
    },
    async (_, reply) => {
      const [days, sources] = await Promise.all([dayStates(sql), sourceStates(sql)])
      return reply.header('cache-control', 'no-store').send({
        ...days,
        citations: sources.map(({ service, succeeded, problem }) => ({
          service,
          succeeded: succeeded?.toString() ?? null,
          problem,
        })),
      })
    },
  )
  app.post(
    '/usage/logs',
    {
      bodyLimit: Number.MAX_SAFE_INTEGER,
      schema: {
        ...common,
        operationId: 'takeLog',
        summary: 'Count a CloudFront log file, plain or compressed',
        querystring: Type.Object({ name: Type.String({ minLength: 1 }), 'only-day': Type.Optional(Day) }),
        response: replies,
      },
    },
    async (request, reply) => {
      const { name, 'only-day': onlyDay } = request.query
      const taken = await takeLog(context, { name, content: bodyOf(request) }, onlyDay === undefined ? {} : { onlyDay })
      await recountStale(sql)
      return reply.send(taken)
    },
  )
  app.post(
    '/usage/history',
    {
      bodyLimit: Number.MAX_SAFE_INTEGER,
      schema: {
        ...common,
        operationId: 'takeHistory',
        summary: 'Keep the usage that another system counted',
        response: replies,
      },
    },
    async (request, reply) => reply.send(await takeHistory(context, bodyOf(request))),
  )
  app.post(
    '/usage/days/:day/close',
    {
      schema: {
        ...common,
        operationId: 'closeDay',
        summary: 'Close a day',
        params: Type.Object({ day: Day }),
        response: replies,
      },
    },
    async (request, reply) => {
      await recountStale(sql)
      return reply.send({ closed: await closeDay(sql, request.params.day, now()) })
    },
  )
  app.post(
    '/usage/days/:day/rebuild',
    {
      schema: {
        ...common,
        operationId: 'rebuildDay',
        summary: 'Count a day again: an open one from its events, a closed one from its log files, which follow',
        params: Type.Object({ day: Day }),
        querystring: Type.Object({
          force: Type.Optional(Type.Boolean({ default: false, description: 'although usage that no log has is lost' })),
        }),
        response: replies,
      },
    },
    async (request, reply) => {
      const outcome = await rebuildDay(sql, request.params.day, request.query.force ?? false, now())
      return reply.send({ day: request.params.day, ...outcome })
    },
  )
}

function bodyOf(request: FastifyRequest): Readable {
  const { body } = request
  allowLongBody(request)
  return body instanceof Readable ? body : Readable.from([])
}
