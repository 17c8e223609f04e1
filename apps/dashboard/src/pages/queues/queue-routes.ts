import { queueRoles, type QueueRole } from '@continuum/aws-resources'
import { html, type App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { QueuesUnavailableError } from '../../queues/queues-client.ts'
import { queueLooks } from '../../store/queue-looks.ts'
import { insertRedrive, redrivesOf } from '../../store/redrives.ts'
import { frameOf } from '../frame/frame.ts'
import { messagePage } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import { queuePage } from './queue-page.ts'
import { queuesPage, type QueuesView } from './queues-page.ts'

const maxLetters = 100
const maxRedrives = 20

const Role = Type.Enum([...queueRoles])

const listSchema = {
  ...pageRoute.contract,
  operationId: 'queuesPage',
  summary: 'Show the queues: what waits, what is in flight, what was put aside',
  response: { 200: pageReply('The queues.'), ...pageRoute.replies },
}

const oneSchema = {
  ...pageRoute.contract,
  operationId: 'queuePage',
  summary: 'Show the dead letters of a queue with their reasons',
  params: Type.Object({ queue: Role }),
  response: { 200: pageReply('The dead letters.'), ...pageRoute.replies },
}

const redriveSchema = {
  ...formRoute.contract,
  operationId: 'redrive',
  summary: 'Give a dead letter back to its queue, or all of them',
  body: Type.Object({
    queue: Role,
    message: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'the id of the message; without it: all' }),
    ),
    why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason' })),
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the queue.'), ...formRoute.replies },
}

/** Registers the pages of the queues, and what gives dead letters back. */
export function queueRoutes(app: App, context: WebContext): void {
  const { sql, queues, redriving } = context

  app.get('/queues', { schema: listSchema, config: { role: 'reader' } }, async (request, reply) => {
    const [view, frame] = await Promise.all([queuesView(context), frameOf(request, context)])
    return sendPage(reply, 200, queuesPage(view), frame)
  })

  app.get('/queues/:queue', { schema: oneSchema, config: { role: 'reader' } }, async (request, reply) => {
    const role = request.params.queue
    const name = queues.nameOf(role)
    const frame = await frameOf(request, context)
    try {
      const depths = await queues.depths()
      const dead = depths.find((each) => each.role === role)?.messages?.dead ?? 0
      const [letters, redrives] = await Promise.all([
        dead === 0 ? [] : queues.deadLetters(role, Math.min(dead, maxLetters)),
        redrivesOf(sql, role, maxRedrives),
      ])
      const sorted = letters.toSorted((one, other) => (one.sent ?? '').localeCompare(other.sent ?? ''))
      return sendPage(reply, 200, queuePage({ role, name, dead, letters: sorted, redrives }, frame), frame)
    } catch (error) {
      if (!(error instanceof QueuesUnavailableError)) throw error
      request.log.warn({ err: error }, 'dead letters could not be read')
      const text = html`<p>${error.message} Nothing is lost. Try again in a moment.</p>
        <p><a href="/queues">All queues</a></p>`
      return sendPage(reply, 503, { ...messagePage('Queues unavailable', text), at: '/queues' }, frame)
    }
  })

  app.post('/queues/redrive', { schema: redriveSchema, config: { role: 'operator' } }, async (request, reply) => {
    const { queue, message, why = '' } = request.body
    await insertRedrive(sql, { queue, message: message ?? null, by: request.member?.name ?? '', why: why.trim() })
    await redriving()
    return reply.redirect(`/queues/${queue}`, 303)
  })
}

/** The queues as SQS counts them now, or where it does not answer as the consumer last saw them. */
async function queuesView({ sql, queues, logger }: WebContext): Promise<QueuesView> {
  const looks = await queueLooks(sql)
  const lookOf = (role: QueueRole) => looks.find(({ queue }) => queue === role)
  try {
    const depths = await queues.depths()
    return {
      queues: depths.map(({ role, name, messages }) => ({
        role,
        name,
        messages: messages ?? undefined,
        notEmptySince: lookOf(role)?.notEmptySince ?? null,
      })),
    }
  } catch (error) {
    if (!(error instanceof QueuesUnavailableError)) throw error
    logger.warn({ err: error }, 'the queues could not be counted')
    return {
      stale: { since: looks[0]?.lookedAt ?? null },
      queues: queueRoles.map((role) => ({
        role,
        name: queues.nameOf(role),
        messages: lookOf(role),
        notEmptySince: lookOf(role)?.notEmptySince ?? null,
      })),
    }
  }
}
