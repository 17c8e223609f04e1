import { randomUUID } from 'node:crypto'
import { html, type App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { MailNotSentError } from '../../http/mailer.ts'
import { CsrfField, formRoute, redirectReply } from '../../http/replies.ts'
import { refreshArticle } from '../../project/article-rows.ts'
import { recordActivity, type NewActivity } from '../../store/activity.ts'
import { applyChange } from '../../store/apply-change.ts'
import { assignArticle } from '../../store/assignments.ts'
import { articlePath, readRunRef } from '../elements/addresses.ts'
import { frameOf } from '../frame/frame.ts'
import { messagePage } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'

const RunField = { article: Type.String({ description: 'the run, as `<article>/<version>/<run>`' }) }

const schemaOf = <Fields extends object>(operationId: string, summary: string, fields: Fields) => ({
  ...formRoute.contract,
  operationId,
  summary,
  body: Type.Object({ ...RunField, ...fields, ...CsrfField }),
  response: { 303: redirectReply('To the run.'), ...formRoute.replies },
})

const assignSchema = schemaOf('assignArticle', 'Assign an article to somebody, or to nobody', {
  assignee: Type.String({ description: 'the name of the account; empty for nobody' }),
})
const noteSchema = schemaOf('addNote', 'Add a note to an article', {
  note: Type.String({ pattern: '\\S', maxLength: 4000 }),
})
const typesetterSchema = schemaOf('sentToTypesetter', 'Mail a text to the typesetter, or record that it was sent', {
  text: Type.String({ pattern: '\\S', maxLength: 20_000 }),
  by: Type.Optional(Type.Literal('mail', { description: 'the dashboard sends it; without it, somebody has sent it' })),
  to: Type.Optional(Type.String({ pattern: '^([^@\\s]+@[^@\\s]+)?$', maxLength: 320 })),
})

/** Registers what the desk does with an article: assign it, note something, say what went to the typesetter. */
export function deskRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context
  const role = 'editor'
  const keep = async (
    reply: FastifyReply,
    article: string,
    activity: Pick<NewActivity, 'by' | 'action' | 'detail'>,
  ) => {
    const ref = readRunRef(article)
    if (!ref) return reply.redirect('/current', 303)
    const { id, version, run } = ref
    await applyChange(sql, id, async (transaction) => {
      await recordActivity(transaction, { ...activity, article: id, version, run })
      await refreshArticle(transaction, id, settings.PREVIEW_BASE_URL)
    })
    return reply.redirect(`${articlePath(id, version, run)}#desk`, 303)
  }

  app.post('/article/assign', { schema: assignSchema, config: { role } }, async (request, reply) => {
    const by = request.member?.name ?? ''
    const { article, assignee } = request.body
    const ref = readRunRef(article)
    if (!ref) return reply.redirect('/current', 303)
    await applyChange(sql, ref.id, async (transaction) => {
      const changed = await assignArticle(transaction, ref.id, assignee === '' ? undefined : assignee, by)
      if (changed)
        await recordActivity(transaction, { by, action: 'assign', article: ref.id, subject: assignee || 'nobody' })
    })
    return reply.redirect(`${articlePath(ref.id, ref.version, ref.run)}#desk`, 303)
  })

  app.post('/article/note', { schema: noteSchema, config: { role } }, async ({ member, body }, reply) =>
    keep(reply, body.article, { by: member?.name ?? '', action: 'note', detail: body.note.trim() }),
  )

  app.post('/article/typesetter', { schema: typesetterSchema, config: { role } }, async (request, reply) => {
    const { article, text, by, to = '' } = request.body
    const activity = { by: request.member?.name ?? '', action: 'send to typesetter' } as const
    if (by !== 'mail') return keep(reply, article, { ...activity, detail: text.trim() })
    const problem = await mailTypesetter(context, { to, text })
    return problem === undefined
      ? keep(reply, article, { ...activity, detail: `By mail to ${to}:\n${text.trim()}` })
      : refuse(request, reply, problem)
  })

  /** Nothing is recorded, and the text is kept, to be sent another way. */
  async function refuse(request: FastifyRequest, reply: FastifyReply, problem: string) {
    const { text } = Object(request.body)
    const main = html`<p>${problem}</p>
      <p>The text, to be sent another way:</p>
      <pre class="words">${String(text)}</pre>`
    return sendPage(reply, 400, messagePage('The mail was not sent', main), await frameOf(request, context))
  }
}

/** Mails a text to the typesetter; returns why it was not sent. */
async function mailTypesetter(
  { mail, logger }: WebContext,
  { to, text }: { to: string; text: string },
): Promise<string | undefined> {
  if (!mail) return 'This environment has no mail server.'
  if (to === '') return 'The address of the typesetter is missing.'
  const [subject = ''] = text.trim().split('\n')
  try {
    await mail({ to, subject: subject.trim().slice(0, 200), text }, `typesetter/${randomUUID()}`)
    return undefined
  } catch (error) {
    if (!(error instanceof MailNotSentError)) throw error
    logger.error({ err: error }, 'a mail to the typesetter was not sent')
    return error.message
  }
}
