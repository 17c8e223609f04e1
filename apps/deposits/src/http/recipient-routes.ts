import { Recipients } from '@continuum/messages'
import { emptyReply, problemReply, sendProblem, type App } from '@continuum/service'
import { addressOf, reachOf } from '@continuum/settings'
import { Type } from 'typebox'
import { scheduleText } from '../rules/schedule.ts'
import { workedColumns, type Worked } from '../store/deposits.ts'
import { countDeposits, readTroubles } from '../store/lists.ts'
import { pauseRecipient, resumeRecipient } from '../store/recipients.ts'
import type { RouteContext } from './context.ts'
import { route } from './replies.ts'

const Named = Type.Object({ name: Type.String() })
const By = Type.String({ minLength: 1, description: 'the person' })
const unknown = { 404: problemReply('There is no such recipient.') }

/** Adds the routes that tell how the recipients stand, and pause and resume them. */
export function addRecipientRoutes(app: App, context: RouteContext): void {
  const { sql, recipients, live, runs, now } = context
  app.get(
    '/recipients',
    {
      schema: {
        ...route.contract,
        operationId: 'listRecipients',
        summary: 'List the recipients with how their deposits stand',
        response: {
          200: { description: 'The recipients.', content: { 'application/json': { schema: Recipients } } },
          ...route.replies,
        },
      },
    },
    async () => {
      const [counts, { paused, failing }] = [await countDeposits(sql), await readTroubles(sql)]
      return {
        live,
        recipients: recipients.map((recipient) => ({
          name: recipient.name,
          title: recipient.title,
          kind: recipient.kind,
          address: addressOf(recipient),
          schedule: scheduleText(recipient.schedule),
          atOnce: recipient.schedule === 'at once',
          reach: reachOf(recipient, live),
          counts: counts.get(recipient.name) ?? {},
          paused: paused.get(recipient.name) ?? null,
          failing: failing.get(recipient.name) ?? null,
        })),
      }
    },
  )
  const find = (name: string) => recipients.find((each) => each.name === name)
  const missing = (name: string) => ({ title: 'Not Found', detail: `There is no recipient ${name}.`, status: 404 })
  app.put(
    '/recipients/:name/pause',
    {
      schema: {
        ...route.contract,
        operationId: 'pauseRecipient',
        summary: 'Pause a recipient: its deposits wait',
        params: Named,
        body: Type.Object({ by: By, why: Type.String({ minLength: 1, description: 'the reason' }) }),
        response: { 204: emptyReply('It is paused.'), ...route.replies, ...unknown },
      },
    },
    async ({ params, body }, reply) => {
      const recipient = find(params.name)
      if (!recipient) return sendProblem(reply, missing(params.name))
      await pauseRecipient(sql, { recipient, ...body, automatic: false }, now())
      await wakeAll(params.name)
      return reply.code(204).send()
    },
  )
  app.post(
    '/recipients/:name/resume',
    {
      schema: {
        ...route.contract,
        operationId: 'resumeRecipient',
        summary: 'Resume a paused recipient: what waited is sent',
        params: Named,
        body: Type.Object({ by: By }),
        response: { 204: emptyReply('It is not paused.'), ...route.replies, ...unknown },
      },
    },
    async ({ params, body }, reply) => {
      if (!find(params.name)) return sendProblem(reply, missing(params.name))
      await resumeRecipient(sql, params.name, body.by, now())
      await wakeAll(params.name)
      return reply.code(204).send()
    },
  )
  const wakeAll = async (name: string) => {
    await runs.start(
      await sql<Worked[]>`
      select ${workedColumns(sql)} from deposit where recipient = ${name} and state in ('planned', 'waiting') order by due`,
    )
  }
}
