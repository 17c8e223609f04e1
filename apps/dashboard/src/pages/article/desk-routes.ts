import type { App } from '@continuum/service'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, redirectReply } from '../../http/replies.ts'
import { refreshArticle } from '../../project/article-rows.ts'
import { recordActivity, type NewActivity } from '../../store/activity.ts'
import { applyChange } from '../../store/apply-change.ts'
import { assignArticle } from '../../store/assignments.ts'
import { articlePath, readRunRef } from '../elements/addresses.ts'

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
const typesetterSchema = schemaOf('sentToTypesetter', 'Record what was sent to the typesetter', {
  text: Type.String({ pattern: '\\S', maxLength: 20_000 }),
})

/** Registers what the desk does with an article: assign it, note something, say what went to the typesetter. */
export function deskRoutes(app: App, { sql, settings }: WebContext): void {
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

  app.post('/article/typesetter', { schema: typesetterSchema, config: { role } }, async ({ member, body }, reply) =>
    keep(reply, body.article, { by: member?.name ?? '', action: 'send to typesetter', detail: body.text.trim() }),
  )
}
