import type { App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { includesRole } from '../../derive/rules/roles.ts'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { applyBulk, undoBulk } from '../../publish/bulk.ts'
import { assignableAccounts } from '../../store/assignments.ts'
import { bulkActs, findBatch, type BulkAct } from '../../store/batches.ts'
import { runRefText, type RunRef } from '../elements/addresses.ts'
import { frameOf } from '../frame/frame.ts'
import { sendNotFound } from '../frame/message-page.ts'
import { sendPage } from '../frame/send-page.ts'
import type { LocalTime } from '../../derive/rules/local-time.ts'
import { readDue, zoneOf } from '../elements/local-times.ts'
import { bulkPage } from './bulk-page.ts'
import { chooseRuns, shownResults } from './chosen-runs.ts'
import { roleOfAct } from './notice.ts'
import { resultsPage } from './results-page.ts'
import { selectedRuns } from './selected-runs.ts'

/** The maximum number of articles at once. The addresses of those to be published are in one link. */
const maxAtOnce = { act: 200, publish: 100 }

const Selection = {
  article: Type.Optional(
    Type.Union([Type.Array(Type.String()), Type.String()], { description: 'runs, as `<article>/<version>/<run>`' }),
  ),
  all: Type.Optional(Type.String({ maxLength: 4000, description: 'the address of a list: all that it matches' })),
  back: Type.Optional(Type.String({ maxLength: 4000, description: 'the page to come back to' })),
}

type BulkForm = Static<typeof BulkForm>
const BulkForm = Type.Object({
  ...Selection,
  confirmed: Type.Optional(Type.Literal('true', { description: 'do it; without it, the page asks first' })),
  why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })),
  assignee: Type.Optional(Type.String({ description: 'the name of the account; empty for nobody' })),
  due: Type.Optional(Type.String({ description: 'a local date and time' })),
  which: Type.Optional(Type.Enum(['first', 'second'], { description: 'of a time that comes twice' })),
  zone: Type.Optional(Type.String({ description: 'a time zone; by default that of the journal of the first article' })),
  ...CsrfField,
})

const bulkSchema = (act: BulkAct) => ({
  ...formRoute.contract,
  operationId: `${act}Articles`,
  summary: `Do "${act}" to several runs`,
  body: BulkForm,
  response: {
    200: pageReply('The runs that it will be done to.'),
    303: redirectReply('To the list, with the results.'),
    ...formRoute.replies,
  },
})

const publishSchema = {
  ...formRoute.contract,
  operationId: 'publishArticles',
  summary: 'Go to the review of the runs before they are published',
  body: Type.Object({ ...Selection, ...CsrfField }),
  response: { 303: redirectReply('To the review.'), ...formRoute.replies },
}

const params = Type.Object({ batch: Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'a UUID' }) })

const resultsSchema = {
  ...pageRoute.contract,
  operationId: 'resultsPage',
  summary: 'Show the results of what was done to several articles',
  params,
  response: { 200: pageReply('The results.'), ...pageRoute.replies, 404: pageReply('There are no such results.') },
}

const undoSchema = {
  ...formRoute.contract,
  operationId: 'undoBatch',
  summary: 'Take back what was done to several articles',
  params,
  body: Type.Object({ back: Selection.back, ...CsrfField }),
  response: { 303: redirectReply('To the list, with the results.'), ...formRoute.replies },
}

/** Registers what can be done to several articles at once, its results, and taking it back. */
export function bulkRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context

  for (const act of bulkActs) {
    const role = roleOfAct[act]
    app.post(`/bulk/${act}`, { schema: bulkSchema(act), config: { role } }, async (request, reply) =>
      request.body.confirmed === undefined ? ask(context, act, request, reply) : apply(context, act, request, reply),
    )
  }

  app.post('/bulk/publish', { schema: publishSchema, config: { role: 'publisher' } }, async ({ body }, reply) => {
    const { refs } = await selectedRuns(sql, body, maxAtOnce.publish)
    const parameters = new URLSearchParams(refs.map((ref) => ['article', runRefText(ref)]))
    return reply.redirect(`/publish?${parameters.toString()}`, 303)
  })

  app.get('/results/:batch', { schema: resultsSchema, config: { role: 'reader' } }, async (request, reply) => {
    const batch = await findBatch(sql, request.params.batch)
    if (!batch) return sendNotFound(reply, 'There are no such results.')
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, resultsPage(batch, await shownResults(sql, batch), frame), frame)
  })

  app.post('/results/:batch/undo', { schema: undoSchema, config: { role: 'editor' } }, async (request, reply) => {
    const back = safeBack(request.body.back)
    const batch = await findBatch(sql, request.params.batch)
    if (!batch) return reply.redirect(back, 303)
    const by = request.member
    if (batch.act === 'schedule' && !(by && includesRole(by.role, roleOfAct.schedule))) return reply.redirect(back, 303)
    const undone = await undoBulk(sql, batch.id, { by: by?.name ?? '', previewBaseUrl: settings.PREVIEW_BASE_URL })
    await context.sendRequests()
    return reply.redirect(undone === undefined ? back : withBatch(back, undone), 303)
  })
}

type BulkRequest = FastifyRequest<{ Body: BulkForm }>

async function ask(
  context: WebContext,
  act: BulkAct,
  request: BulkRequest,
  reply: FastifyReply,
  { problem, refused }: { problem?: string; refused?: LocalTime } = {},
): Promise<FastifyReply> {
  const { sql } = context
  const { body } = request
  const { refs, cut } = await selectedRuns(sql, body, maxAtOnce.act)
  const [chosen, assignable, frame] = await Promise.all([
    chooseRuns(sql, act, refs),
    act === 'assign' ? assignableAccounts(sql) : [],
    frameOf(request, context),
  ])
  const given = { why: body.why ?? '', typed: { due: body.due ?? '', which: body.which } }
  const zone = zoneOfForm(context, body, refs)
  const back = safeBack(body.back)
  const view = { act, chosen, cut, back, assignable, given, zone, refused, ...(problem && { problem }) }
  const isAsked = problem === undefined && refused === undefined
  return sendPage(reply, isAsked ? 200 : 400, bulkPage(view, frame), frame)
}

async function apply(
  context: WebContext,
  act: BulkAct,
  request: BulkRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { sql, settings } = context
  const { body, member } = request
  const why = body.why?.trim() ?? ''
  if (act === 'dismiss' && why === '')
    return ask(context, act, request, reply, { problem: 'Say why, so that others know. Nothing was changed.' })
  const { refs } = await selectedRuns(sql, body, maxAtOnce.act)
  const typed = { due: body.due ?? '', which: body.which }
  const due = act === 'schedule' ? readDue(typed, zoneOfForm(context, body, refs), Temporal.Now.instant()) : undefined
  if (due && due.is !== 'instant') return ask(context, act, request, reply, { refused: due })
  const value = act === 'assign' ? (body.assignee ?? '') : due ? String(due.seconds) : ''
  const order = { act, targets: refs, by: member?.name ?? '', why, value, previewBaseUrl: settings.PREVIEW_BASE_URL }
  const batch = await applyBulk(sql, order)
  await context.sendRequests()
  return reply.redirect(withBatch(safeBack(body.back), batch), 303)
}

/** Returns the time zone in which a form gives a time: by default that of the journal of the first article. */
function zoneOfForm({ journals }: WebContext, { zone }: BulkForm, refs: readonly RunRef[]): string {
  return zone ?? zoneOf(journals, refs[0]?.id ?? '')
}

/** Keeps only addresses of pages that a form of ours is on. */
function safeBack(back: string | undefined): string {
  return back !== undefined && /^\/(current|archive|article)([/?#]|$)/.test(back) ? back : '/current'
}

/** Adds the results to the address of a list; other pages show them by themselves. */
function withBatch(back: string, batch: string): string {
  if (back.startsWith('/article')) return back
  const [path = '', query = ''] = back.split('?')
  const parameters = new URLSearchParams(query)
  parameters.set('batch', batch)
  return `${path}?${parameters.toString()}`
}
