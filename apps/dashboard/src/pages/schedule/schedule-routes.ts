import type { App } from '@continuum/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { sameClockOn } from '../../derive/rows/calendar.ts'
import { cancelPublication, schedulePublication } from '../../publish/schedule-publication.ts'
import { schedulesOf } from '../../store/schedules.ts'
import { readRunRef } from '../elements/addresses.ts'
import { readDue, zoneOf } from '../elements/local-times.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { changePage, type ScheduleChange } from './change-page.ts'

const ArticleId = Type.String({
  pattern: '^\\S+$',
  description: 'the number of an article, which need not have arrived',
})
const Back = {
  back: Type.Optional(Type.String({ pattern: '^/scheduled(\\?[\\w=&%.+-]*)?$', description: 'the page to return to' })),
}

const changeSchema = {
  ...pageRoute.contract,
  operationId: 'changeSchedulePage',
  summary: 'Ask when to publish an article',
  querystring: Type.Object({ article: ArticleId, ...Back }),
  response: { 200: pageReply('The form.'), ...pageRoute.replies },
}

const Why = { why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })) }

const scheduleSchema = {
  ...formRoute.contract,
  operationId: 'schedule',
  summary: 'Schedule the publication of articles, or move it',
  body: Type.Object({
    article: Type.Optional(Type.Union([Type.Array(ArticleId), ArticleId])),
    due: Type.String({ default: '', description: 'a local date and time, such as 2026-12-24T09:30' }),
    which: Type.Optional(Type.Enum(['first', 'second'], { description: 'of a time that comes twice' })),
    zone: Type.Optional(Type.String({ description: 'a time zone; by default that of the journal of each article' })),
    ready: Type.Optional(Type.String({ description: 'the run to publish, as `<article>/<version>/<run>`' })),
    ...Why,
    ...Back,
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the scheduled publications.'), ...formRoute.replies },
}

const moveSchema = {
  ...formRoute.contract,
  operationId: 'moveSchedule',
  summary: 'Move a scheduled publication to another day, at the same time of the day',
  body: Type.Object({
    article: ArticleId,
    day: Type.String({ format: 'date', description: 'such as 2026-12-24' }),
    was: Type.String({ pattern: '^\\d{1,12}$', description: 'the time that it is moved from, in unix seconds' }),
    zone: Type.String({ description: 'the time zone of the calendar' }),
    ...Back,
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the scheduled publications.'), ...formRoute.replies },
}

const cancelSchema = {
  ...formRoute.contract,
  operationId: 'cancelSchedule',
  summary: 'Cancel the scheduled publication of articles',
  body: Type.Object({
    article: Type.Optional(Type.Union([Type.Array(ArticleId), ArticleId])),
    ...Why,
    ...Back,
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the scheduled publications.'), ...formRoute.replies },
}

/** Registers the actions on schedules. A refused time is shown again as it was typed, with the reason. */
export function scheduleRoutes(app: App, context: WebContext): void {
  const { sql, settings, journals } = context
  const schedulerOf = ({ member }: FastifyRequest) => ({
    by: member?.name ?? '',
    previewBaseUrl: settings.PREVIEW_BASE_URL,
  })
  const ask = async (request: FastifyRequest, reply: FastifyReply, status: number, change: ScheduleChange) => {
    const frame = await frameOf(request, context)
    return sendPage(reply, status, changePage(change, frame), frame)
  }
  const zonesOf = (articles: readonly string[]) => [...new Set(articles.map((id) => zoneOf(journals, id)))]

  app.get('/schedule/change', { schema: changeSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { article, back = '/scheduled' } = request.query
    const [known] = await schedulesOf(sql, [article])
    const earlier = known?.fired === false ? known.due : undefined
    return ask(request, reply, 200, { articles: [article], zones: zonesOf([article]), earlier, back })
  })

  app.post('/schedule', { schema: scheduleSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { article = [], due, which, zone, ready, back = '/scheduled' } = request.body
    const articles = [...new Set([article].flat())]
    const now = Temporal.Now.instant()
    const times = articles.map((id) => ({ id, at: readDue({ due, which }, zone ?? zoneOf(journals, id), now) }))
    const refused = times.find(({ at }) => at.is !== 'instant')?.at
    if (refused) {
      const zones = zonesOf(articles)
      return ask(request, reply, 400, { articles, zones, typed: { due, which }, refused, ready, zone, back })
    }
    const run = readRunRef(ready ?? '')
    const scheduler = { ...schedulerOf(request), why: request.body.why?.trim() }
    const failed: { id: string; reason: string }[] = []
    for (const { id, at } of times) {
      if (at.is !== 'instant') continue
      const bound = run?.id === id ? { version: run.version, run: run.run } : undefined
      const verdict = await schedulePublication(sql, { article: id, due: at.seconds, ready: bound }, scheduler)
      if (!verdict.allowed) failed.push({ id, reason: verdict.reason })
    }
    if (failed.length === 0) return reply.redirect(back, 303)
    const left = failed.map(({ id }) => id)
    const problem = failed.map(({ id, reason }) => `${id}: ${reason}`).join(' ')
    const change = { articles: left, zones: zonesOf(left), typed: { due, which }, ready, zone, back }
    return ask(request, reply, 409, {
      ...change,
      done: times.length - failed.length,
      refused: { is: 'wrong', problem },
    })
  })

  app.post('/schedule/move', { schema: moveSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { article, day, zone, back = '/scheduled' } = request.body
    const was = Number(request.body.was)
    const change = { articles: [article], zones: zonesOf([article]), zone, back }
    const due = localTimeOn(was, day, zone)
    const at = readDue({ due }, zone, Temporal.Now.instant())
    if (at.is !== 'instant') return ask(request, reply, 400, { ...change, typed: { due }, refused: at })
    const verdict = await schedulePublication(sql, { article, due: at.seconds, was }, schedulerOf(request))
    if (verdict.allowed) return reply.redirect(back, 303)
    const [known] = await schedulesOf(sql, [article])
    const earlier = known?.fired === false ? known.due : undefined
    const refused = { is: 'wrong', problem: verdict.reason } as const
    return ask(request, reply, 409, { ...change, earlier, typed: undefined, refused })
  })

  app.post('/schedule/cancel', { schema: cancelSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { article = [], back = '/scheduled' } = request.body
    const scheduler = { ...schedulerOf(request), why: request.body.why?.trim() }
    for (const id of new Set([article].flat())) await cancelPublication(sql, id, scheduler)
    return reply.redirect(back, 303)
  })
}

/** Returns the time of the day that a publication has, on another day; empty where the zone is none. */
function localTimeOn(seconds: number, day: string, zone: string): string {
  try {
    return sameClockOn(seconds, day, zone)
  } catch {
    return `${day}T00:00`
  }
}
