import type { Recipients } from '@continuum/messages'
import { html, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { attentions, type Attention } from '../../derive/rules/deposit-attention.ts'
import { DepositsUnavailableError, type DepositsClient } from '../../http/deposits-client.ts'
import type { WebContext } from '../../http/context.ts'
import { judgeOpenDeposits } from '../../http/open-deposits.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { recordActivity } from '../../store/activity.ts'
import { frameOf } from '../frame/frame.ts'
import { messagePage, sendNotFound } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import { depositPage } from './deposit-page.ts'
import { depositsPage, type ListedDeposits } from './deposits-page.ts'

const text = (description: string) => Type.Optional(Type.String({ description }))
const Filter = Type.Object({
  recipient: text('the name of a recipient'),
  article: text('the id of an article'),
  state: text('a state; without it: all that is not delivered'),
  attention: Type.Optional(
    Type.Enum([...attentions, ''], {
      description: 'of what is not delivered: what has failed, what is late, or what waits',
    }),
  ),
})
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })
const notFound = pageReply('There is no such deposit.')

const listSchema = {
  ...pageRoute.contract,
  operationId: 'depositsPage',
  summary: 'Show the recipients, and what was not delivered',
  querystring: Filter,
  response: { 200: pageReply('The deposits.'), ...pageRoute.replies },
}

const oneSchema = {
  ...pageRoute.contract,
  operationId: 'depositPage',
  summary: 'Show a deposit with its attempts',
  params: Id,
  response: { 200: pageReply('The deposit.'), ...pageRoute.replies, 404: notFound },
}

const documentSchema = {
  ...pageRoute.contract,
  operationId: 'depositDocument',
  summary: 'Show the document of a deposit as text',
  params: Id,
  response: {
    200: { description: 'The document.', content: { 'text/plain': { schema: Type.String() } } },
    ...pageRoute.replies,
    404: notFound,
  },
}

const actSchema = {
  ...formRoute.contract,
  operationId: 'actOnDeposits',
  summary: 'Send deposits again, mark them as done or as refused, or cancel them',
  body: Type.Object({
    article: Type.Optional(Type.Union([Type.Array(Type.String()), Type.String()], { description: 'ids of deposits' })),
    act: Type.Enum(['again', 'done', 'refused', 'cancel']),
    why: Type.Optional(Type.String({ description: 'the reason; needed for all but to send again' })),
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the deposits.'), ...formRoute.replies },
}

const recipientSchema = (operationId: string, summary: string) => ({
  ...formRoute.contract,
  operationId,
  summary,
  body: Type.Object({ recipient: Type.String({ minLength: 1 }), why: Type.Optional(Type.String()), ...CsrfField }),
  response: { 303: redirectReply('To the deposits.'), ...formRoute.replies },
})

const actNames = {
  again: 'send deposit again',
  done: 'mark deposit as done',
  refused: 'mark deposit as refused',
  cancel: 'cancel deposit',
} as const

/** The most that the list of open deposits shows. */
const maxShown = 200

/** Lists the open deposits, what needs a person first, with how many there are of each kind. */
async function listOpen(
  deposits: DepositsClient,
  { recipients }: Recipients,
  { filter, attention }: { filter: Readonly<Record<string, string>>; attention: Attention | undefined },
): Promise<ListedDeposits> {
  const { recipient, article } = filter
  const of = recipients.filter(({ name }) => recipient === undefined || name === recipient)
  // How many an article has is not known before they are read: they are no thousand.
  const { judged, counts } = await judgeOpenDeposits(deposits, article === undefined ? of : [], filter)
  const wanted = judged
    .filter((one) => attention === undefined || one.attention === attention)
    .toSorted((one, other) => attentions.indexOf(one.attention) - attentions.indexOf(other.attention))
  return {
    deposits: wanted.slice(0, maxShown).map(({ deposit }) => deposit),
    more: wanted.length > maxShown || counts.more,
    counts,
  }
}

/** Registers the pages of what goes out, and the acts on them. */
export function depositRoutes(app: App, context: WebContext): void {
  const { deposits, sql } = context
  const by = (request: FastifyRequest) => request.member?.name ?? ''
  /** Answers with a page that says so where the service is down. */
  const available = async (request: FastifyRequest, reply: FastifyReply, work: () => Promise<FastifyReply>) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof DepositsUnavailableError)) throw error
      const page = messagePage(
        'Deposits unavailable',
        html`<p>${error.message}</p>
          <p>Try again in a moment.</p>`,
      )
      return sendPage(reply, 503, { ...page, at: '/deposits' }, await frameOf(request, context))
    }
  }

  app.get('/deposits', { schema: listSchema, config: { role: 'reader' } }, async (request, reply) =>
    available(request, reply, async () => {
      const { attention, ...named } = request.query
      const filter = Object.fromEntries(
        Object.entries(named).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
      )
      const recipients = await deposits.recipients()
      const listed =
        filter['state'] === undefined
          ? await listOpen(deposits, recipients, { filter, attention: attention || undefined })
          : await deposits.list(filter)
      const frame = await frameOf(request, context)
      const view = { recipients, listed, filter, attention: attention || undefined }
      return sendPage(reply, 200, depositsPage(view, frame), frame)
    }),
  )

  app.get('/deposits/:id', { schema: oneSchema, config: { role: 'reader' } }, async (request, reply) =>
    available(request, reply, async () => {
      const deposit = await deposits.get(request.params.id)
      if (!deposit) return sendNotFound(reply, `There is no deposit ${request.params.id}.`)
      const { recipients } = await deposits.recipients()
      const title = recipients.find(({ name }) => name === deposit.recipient)?.title ?? deposit.recipient
      const frame = await frameOf(request, context)
      return sendPage(reply, 200, depositPage(deposit, title, frame), frame)
    }),
  )

  app.get('/deposits/:id/document', { schema: documentSchema, config: { role: 'reader' } }, async (request, reply) =>
    available(request, reply, async () => {
      const document = await deposits.document(request.params.id)
      if (!document) return sendNotFound(reply, 'The deposit has no document yet.')
      // As text, whatever it is: nothing that came from outside runs on this origin.
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(document.text)
    }),
  )

  app.post('/deposits/act', { schema: actSchema, config: { role: 'operator' } }, async (request, reply) =>
    available(request, reply, async () => {
      const { article = [], act, why = '' } = request.body
      const ids = [article].flat()
      const refuse = async (reason: string) =>
        sendPage(
          reply,
          400,
          messagePage('Nothing was changed', html`<p>${reason}</p>`),
          await frameOf(request, context),
        )
      if (ids.length === 0) return refuse('Select the deposits first.')
      if (act !== 'again' && why.trim() === '') return refuse('Give a reason: it is kept with the deposit.')
      const outcomes = await deposits.act({ ids, act, by: by(request), ...(why.trim() !== '' && { why: why.trim() }) })
      for (const { id, done } of outcomes) {
        if (done) await recordActivity(sql, { by: by(request), action: actNames[act], subject: id, why: why.trim() })
      }
      const problems = outcomes.flatMap(({ problem }) => problem ?? [])
      if (problems.length > 0) return refuse(problems.join(' '))
      const [first] = ids
      return reply.redirect(ids.length === 1 ? `/deposits/${first}` : '/deposits', 303)
    }),
  )

  app.post(
    '/deposits/pause',
    { schema: recipientSchema('pauseRecipient', 'Pause a recipient'), config: { role: 'operator' } },
    async (request, reply) =>
      available(request, reply, async () => {
        const { recipient, why = '' } = request.body
        await deposits.pause(recipient, by(request), why.trim() || 'no reason given')
        await recordActivity(sql, { by: by(request), action: 'pause recipient', subject: recipient, why: why.trim() })
        return reply.redirect('/deposits', 303)
      }),
  )

  app.post(
    '/deposits/resume',
    { schema: recipientSchema('resumeRecipient', 'Resume a recipient'), config: { role: 'operator' } },
    async (request, reply) =>
      available(request, reply, async () => {
        const { recipient } = request.body
        await deposits.resume(recipient, by(request))
        await recordActivity(sql, { by: by(request), action: 'resume recipient', subject: recipient })
        return reply.redirect('/deposits', 303)
      }),
  )
}
