import { isAccepted, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { CounterRequestError } from '../counter/exceptions.ts'
import { readyMonths } from '../counter/months.ts'
import { readMonthlyUsage } from '../counter/performance.ts'
import { readQuery } from '../counter/query.ts'
import { isReportName, reportKinds } from '../counter/report-kinds.ts'
import { makeReport, monthsToReport, world } from '../counter/report.ts'
import { failureReply, notFoundReply, sendProblem } from './replies.ts'
import type { RouteContext } from './route-context.ts'

const Exception = Type.Object({ Code: Type.Integer(), Message: Type.String(), Data: Type.Optional(Type.String()) })
const exceptionReply = (description: string) => ({
  description,
  content: { 'application/json': { schema: Exception } },
})
const jsonReply = (description: string) => ({
  description,
  content: { 'application/json': { schema: Type.Unknown() } },
})

const Credentials = Type.Object(
  {
    customer_id: Type.Optional(Type.String({ description: `${world.customerId}: the usage of everybody` })),
    requestor_id: Type.Optional(Type.String()),
    api_key: Type.Optional(Type.String()),
    platform: Type.Optional(Type.String({ description: 'the name of a journal' })),
  },
  { additionalProperties: true },
)
const ReportParameters = Type.Object(
  {
    ...Credentials.properties,
    begin_date: Type.Optional(Type.String({ examples: ['2026-01'] })),
    end_date: Type.Optional(Type.String({ examples: ['2026-03'] })),
  },
  { additionalProperties: true },
)

const secured = {
  400: exceptionReply('A parameter is missing or wrong.'),
  401: exceptionReply('The api_key is wrong.'),
  403: exceptionReply('Usage of this customer is not given out.'),
  404: notFoundReply,
  '5xx': failureReply,
}

/** Adds the COUNTER API, release 5.1: status, members, the list of reports and the reports. */
export function addCounterRoutes(app: App, context: RouteContext): void {
  const { sql, catalogue, journals, siteName, now } = context
  const common = { tags: ['COUNTER'], security: [] }

  app.get(
    '/r51/status',
    {
      schema: {
        ...common,
        operationId: 'counterStatus',
        summary: 'Get the status of the COUNTER API',
        response: { 200: jsonReply('The status.'), '5xx': failureReply },
      },
    },
    async (_, reply) => send(reply, [{ Description: `COUNTER usage reports of ${siteName}`, Service_Active: true }]),
  )
  app.get(
    '/r51/members',
    {
      schema: {
        ...common,
        operationId: 'counterMembers',
        summary: 'List the customers',
        querystring: Credentials,
        response: { 200: jsonReply('The customers.'), ...secured },
      },
    },
    async (request, reply) =>
      answer(reply, async () => {
        checkCredentials(request, context)
        return [{ Institution_Name: world.name, Customer_ID: world.customerId }]
      }),
  )
  app.get(
    '/r51/reports',
    {
      schema: {
        ...common,
        operationId: 'counterReports',
        summary: 'List the reports',
        querystring: Credentials,
        response: { 200: jsonReply('The reports.'), ...secured },
      },
    },
    async (request, reply) =>
      answer(reply, async () => {
        checkCredentials(request, context)
        const ready = await readyMonths(sql, now())
        const running = now().toZonedDateTimeISO('UTC').toPlainDate().toPlainYearMonth()
        return Object.entries(reportKinds).map(([path, { id, name, description }]) => ({
          Report_Name: name,
          Report_ID: id,
          Release: '5.1',
          Report_Description: description,
          Path: `/r51/reports/${path}`,
          First_Month_Available: (ready?.first ?? running).toString(),
          Last_Month_Available: (ready?.last ?? running).toString(),
        }))
      }),
  )
  app.get(
    '/r51/reports/:report',
    {
      schema: {
        ...common,
        operationId: 'counterReport',
        summary: 'Get a report: pr, pr_p1, tr, tr_j3 or ir',
        params: Type.Object({ report: Type.String({ examples: ['tr_j3'] }) }),
        querystring: ReportParameters,
        response: { 200: jsonReply('The report.'), ...secured },
      },
    },
    async (request, reply) => {
      const { report } = request.params
      if (!isReportName(report)) return sendProblem(reply, 404, 'not found')
      return answer(reply, async () => {
        checkCredentials(request, context)
        const query = readQuery(report, parametersOf(request))
        refuseRunningMonth(query.begin, now())
        const { months, exceptions } = monthsToReport(query, await readyMonths(sql, now()))
        const usage = months ? await readMonthlyUsage(sql, months.first, months.last) : []
        const articles = usage.length > 0 ? await catalogue.list() : []
        return makeReport(query, usage, { journals, articles, exceptions, createdBy: siteName, now: now() })
      })
    },
  )
}

/** Parameters are told apart from each other only by name; one that is given twice is the last. */
function parametersOf({ query }: Pick<FastifyRequest, 'query'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(query)).map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value)]),
  )
}

function checkCredentials(request: FastifyRequest, { counterKey }: RouteContext): void {
  const { customer_id: customer, api_key: key } = parametersOf(request)
  if (!customer || !key) throw new CounterRequestError(1030, 'customer_id and api_key are required')
  if (!isAccepted(key, counterKey)) throw new CounterRequestError(2020)
  if (customer !== world.customerId)
    throw new CounterRequestError(2010, `only ${world.customerId}, the usage of everybody, is known`)
}

function refuseRunningMonth(begin: Temporal.PlainYearMonth, now: Temporal.Instant): void {
  const running = now.toZonedDateTimeISO('UTC').toPlainDate().toPlainYearMonth()
  if (Temporal.PlainYearMonth.compare(begin, running) >= 0) {
    throw new CounterRequestError(3020, `usage of ${begin.toString()} is complete after its end`)
  }
}

async function answer(reply: FastifyReply, work: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    return send(reply, await work())
  } catch (error) {
    if (!(error instanceof CounterRequestError)) throw error
    return send(reply.code(error.status), error.exception)
  }
}

function send(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(JSON.stringify(value))
}
