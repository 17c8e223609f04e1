import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
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

const CurrentQuery = Type.Object({ q: Type.String({ default: '' }), all: Type.Optional(Type.String()) })
const Dismissal = Type.Object({ message_id: Type.String({ minLength: 1 }) })

/** Registers the list of current articles and unidentified deliveries. */
export function listRoutes(app: FastifyInstance, context: WebContext): void {
  const { sql, settings } = context

  app.get('/', (_, reply) => reply.redirect('/current', 302))

  app.get<{ Querystring: { q: string; all?: string } }>(
    '/current',
    { schema: { querystring: CurrentQuery } },
    async (request, reply) => {
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
    },
  )

  app.post<{ Body: { message_id: string } }>(
    '/unidentified/dismiss',
    { schema: { body: Dismissal } },
    async (request, reply) => {
      const by = request.member?.name ?? ''
      await applyChange(sql, null, (transaction) => dismissUnidentified(transaction, request.body.message_id, by))
      return reply.redirect('/current#unidentified', 303)
    },
  )
}
