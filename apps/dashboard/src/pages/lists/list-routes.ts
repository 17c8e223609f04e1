import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { openDeposits } from '../../http/open-deposits.ts'
import { recordActivity } from '../../store/activity.ts'
import { applyChange } from '../../store/apply-change.ts'
import { assignableAccounts } from '../../store/assignments.ts'
import { findBatch } from '../../store/batches.ts'
import { currentSections, filterValues, listRows } from '../../store/lists.ts'
import { savedViews } from '../../store/saved-views.ts'
import { unlistedOverdue } from '../../store/schedules.ts'
import { dismissUnidentified, openUnidentified } from '../../store/unidentified.ts'
import { archivePage } from './archive-page.ts'
import { currentPage } from './current-page.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { isFiltered, ListQuery, readFilter, readSort, valuesOf } from './list-query.ts'

/** The maximum number of rows of a section, and of a page of one list. */
const maxRows = { section: 50, page: 100 }

/** The maximum number of archived rows under the current ones, without and with a filter. */
const maxArchived = { recent: 10, found: 20 }

const maxOverdue = 100

/** The milliseconds that the list waits for the deposits service. */
const maxWait = 300

const rootSchema = {
  ...pageRoute.contract,
  operationId: 'root',
  summary: 'Go to the current articles',
  response: { ...pageRoute.replies, 302: redirectReply('To the current articles.') },
}

const querystring = Type.Object({
  ...ListQuery.properties,
  page: Type.Integer({ default: 1, minimum: 1, maximum: 100_000, description: 'the page of a long list' }),
  batch: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'what was just done' })),
})

const currentSchema = {
  ...pageRoute.contract,
  operationId: 'currentPage',
  summary: 'Show the current articles and unidentified deliveries',
  querystring,
  response: { 200: pageReply('The current articles.'), ...pageRoute.replies },
}

const archiveSchema = {
  ...pageRoute.contract,
  operationId: 'archivePage',
  summary: 'Show everything that was ever published or dismissed',
  querystring,
  response: { 200: pageReply('The archive.'), ...pageRoute.replies },
}

const dismissSchema = {
  ...formRoute.contract,
  operationId: 'dismissUnidentified',
  summary: 'Dismiss an unidentified delivery',
  body: Type.Object({ message_id: Type.String({ minLength: 1 }), ...CsrfField }),
  response: { 303: redirectReply('To the current articles.'), ...formRoute.replies },
}

/** Registers the list of current articles and unidentified deliveries, and the archive. */
export function listRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context

  app.get('/', { schema: rootSchema, config: { role: 'reader' } }, async (_, reply) => reply.redirect('/current', 302))

  app.get('/current', { schema: currentSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { page, batch: batchId, ...query } = request.query
    const filter = readFilter(query)
    const sort = readSort(query)
    const filtered = isFiltered(query)
    const isFlat = sort !== undefined || page > 1 || valuesOf(query, 'section').length === 1
    const place = { limit: maxRows.page, offset: (page - 1) * maxRows.page, sort }
    const archive = filtered ? { ...filter, sections: [] } : { sections: ['published'] }
    const [sections, flat, archived, overdue, unidentified, choices, batch, views, deposits, frame] = await Promise.all(
      [
        isFlat ? new Map() : currentSections(sql, filter, maxRows.section),
        isFlat ? listRows(sql, 'current_run', filter, place) : undefined,
        isFlat && !query.q
          ? { count: 0, rows: [] }
          : listRows(sql, 'archived_run', archive, { limit: filtered ? maxArchived.found : maxArchived.recent }),
        filtered ? [] : unlistedOverdue(sql, maxOverdue),
        filtered || isFlat ? [] : openUnidentified(sql),
        choicesOf(context),
        batchId === undefined ? undefined : findBatch(sql, batchId),
        savedViews(sql, request.member?.name ?? ''),
        filtered || isFlat ? undefined : openDeposits(context, maxWait),
        frameOf(request, context),
      ],
    )
    const paged = flat && { ...flat, page, size: maxRows.page }
    const view = { query, choices, sections, flat: paged, archived, overdue, unidentified, batch, views, deposits }
    return sendPage(reply, 200, currentPage(view, frame, settings.SITE_URL), frame)
  })

  app.get('/archive', { schema: archiveSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { page, batch: batchId, ...query } = request.query
    const place = { limit: maxRows.page, offset: (page - 1) * maxRows.page, sort: readSort(query) }
    const [found, choices, batch, views, frame] = await Promise.all([
      listRows(sql, 'archived_run', readFilter(query), place),
      choicesOf(context),
      batchId === undefined ? undefined : findBatch(sql, batchId),
      savedViews(sql, request.member?.name ?? ''),
      frameOf(request, context),
    ])
    const view = { query, choices, found: { ...found, page, size: maxRows.page }, views, batch }
    return sendPage(reply, 200, archivePage(view, frame, settings.SITE_URL), frame)
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

async function choicesOf({ sql, journals }: WebContext) {
  const [values, assignable] = await Promise.all([filterValues(sql), assignableAccounts(sql)])
  return { ...values, assignable, journals }
}
