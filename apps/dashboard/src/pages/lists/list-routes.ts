import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { recordActivity } from '../../store/activity.ts'
import { applyChange } from '../../store/apply-change.ts'
import { currentSections, publishedList } from '../../store/lists.ts'
import { dismissUnidentified, openUnidentified } from '../../store/unidentified.ts'
import { currentPage } from './current-page.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'

/** The maximum number of rows of a section, unless all are requested. */
const maxRows = 100

/** The maximum number of published articles, without and with a search. */
const maxPublished = { recent: 10, found: 100 }

const rootSchema = {
  ...pageRoute.contract,
  operationId: 'root',
  summary: 'Go to the current articles',
  response: { ...pageRoute.replies, 302: redirectReply('To the current articles.') },
}

const currentSchema = {
  ...pageRoute.contract,
  operationId: 'currentPage',
  summary: 'Show the current articles and unidentified deliveries',
  querystring: Type.Object({
    q: Type.String({ default: '', description: 'words to search for' }),
    all: Type.Optional(Type.String({ description: 'show all rows of each section' })),
  }),
  response: { 200: pageReply('The current articles.'), ...pageRoute.replies },
}

const dismissSchema = {
  ...formRoute.contract,
  operationId: 'dismissUnidentified',
  summary: 'Dismiss an unidentified delivery',
  body: Type.Object({ message_id: Type.String({ minLength: 1 }), ...CsrfField }),
  response: { 303: redirectReply('To the current articles.'), ...formRoute.replies },
}

/** Registers the list of current articles and unidentified deliveries. */
export function listRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context

  app.get('/', { schema: rootSchema, config: { role: 'reader' } }, async (_, reply) => reply.redirect('/current', 302))

  app.get('/current', { schema: currentSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { q, all } = request.query
    const search = q.split(/\s+/).filter((word) => word !== '')
    const limit = all === undefined ? maxRows : 100_000
    const [list, published, unidentified, frame] = await Promise.all([
      currentSections(sql, search, limit),
      publishedList(sql, search, search.length === 0 ? maxPublished.recent : maxPublished.found),
      search.length === 0 ? openUnidentified(sql) : [],
      frameOf(request, context),
    ])
    const current = { list, published, unidentified, search: q.trim() }
    return sendPage(reply, 200, currentPage(current, frame, settings.SITE_URL), frame)
  })

  app.post('/unidentified/dismiss', { schema: dismissSchema, config: { role: 'editor' } }, async (request, reply) => {
    const by = request.member?.name ?? ''
    const { message_id: id } = request.body
    await applyChange(sql, null, async (transaction) => {
      const dismissed = await dismissUnidentified(transaction, id, by)
      if (dismissed === 0) return
      const detail = dismissed > 1 ? `and ${dismissed - 1} more of its kind` : ''
      await recordActivity(transaction, { by, action: 'dismiss delivery', subject: id, detail })
    })
    return reply.redirect('/current#unidentified', 303)
  })
}
