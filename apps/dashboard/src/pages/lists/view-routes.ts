import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, redirectReply } from '../../http/replies.ts'
import { deleteView, saveView } from '../../store/saved-views.ts'

const Path = {
  path: Type.String({
    pattern: '^/(current|archive)([?].*)?$',
    maxLength: 4000,
    description: 'the address of the list',
  }),
}

const saveSchema = {
  ...formRoute.contract,
  operationId: 'saveView',
  summary: 'Save a list under a name',
  body: Type.Object({
    ...Path,
    name: Type.String({
      pattern: '\\S',
      maxLength: 60,
      description: 'its name; an earlier view of this name is replaced',
    }),
    shared: Type.Optional(Type.Literal('true', { description: 'everybody sees it' })),
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the list.'), ...formRoute.replies },
}

const deleteSchema = {
  ...formRoute.contract,
  operationId: 'deleteView',
  summary: 'Delete a view of your own',
  body: Type.Object({ ...Path, id: Type.String({ pattern: '^\\d{1,15}$' }), ...CsrfField }),
  response: { 303: redirectReply('To the list.'), ...formRoute.replies },
}

/** Registers the views that people save. */
export function viewRoutes(app: App, { sql }: WebContext): void {
  app.post('/views/save', { schema: saveSchema, config: { role: 'reader' } }, async ({ member, body }, reply) => {
    const { name, path, shared } = body
    // A machine has no views: it has no account.
    if (member?.csrf !== undefined)
      await saveView(sql, { account: member.name, name: name.trim(), path, shared: shared === 'true' })
    return reply.redirect(path, 303)
  })

  app.post('/views/delete', { schema: deleteSchema, config: { role: 'reader' } }, async ({ member, body }, reply) => {
    if (member) await deleteView(sql, member.name, Number(body.id))
    return reply.redirect(body.path, 303)
  })
}
