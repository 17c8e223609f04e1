import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Dashboard } from '../dashboard.ts'
import { changing } from '../store/changing.ts'
import { currentList, publishedList } from '../store/lists.ts'
import { dismiss, openUnidentified } from '../store/unidentified.ts'
import { sendPage } from '../sign-in/routes.ts'
import { currentPage } from './current-page.ts'
import { frameOf } from './frame.ts'
import { pageHtml } from './layout.ts'

/** Rows of a section that a page shows before it is asked for all. */
const atFirst = 100

const recently = { shown: 10, found: 100 }

const CurrentQuery = Type.Object({ q: Type.String({ default: '' }), all: Type.Optional(Type.String()) })
const Dismissal = Type.Object({ message_id: Type.String({ minLength: 1 }) })

/** The current articles, and what could not be identified. */
export function listRoutes(app: FastifyInstance, dashboard: Dashboard): void {
  const { sql, settings } = dashboard

  app.get('/', (_, reply) => reply.redirect('/current', 302))

  app.get<{ Querystring: { q: string; all?: string } }>(
    '/current',
    { schema: { querystring: CurrentQuery } },
    async (request, reply) => {
      const { q, all } = request.query
      const search = q.split(/\s+/).filter((word) => word !== '')
      const limit = all === undefined ? atFirst : 100_000
      const [list, published, unidentified, frame] = await Promise.all([
        currentList(sql, search, limit),
        publishedList(sql, search, search.length === 0 ? recently.shown : recently.found),
        search.length === 0 ? openUnidentified(sql) : [],
        frameOf(request, dashboard),
      ])
      const current = { list, published, unidentified, search: q.trim() }
      return sendPage(reply, 200, pageHtml(currentPage(current, frame, settings.SITE_URL), frame))
    },
  )

  app.post<{ Body: { message_id: string } }>(
    '/unidentified/dismiss',
    { schema: { body: Dismissal } },
    async (request, reply) => {
      const by = request.member?.name ?? ''
      await changing(sql, null, (transaction) => dismiss(transaction, request.body.message_id, by))
      return reply.redirect('/current#unidentified', 303)
    },
  )
}
