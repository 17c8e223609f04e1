import type { App } from '@continuum/service'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { CsrfField, formRoute, pageReply, pageRoute, redirectReply } from '../../http/replies.ts'
import { cancelPublication, schedulePublication } from '../../publish/schedule-publication.ts'
import { titlesOf } from '../../store/lists.ts'
import { schedulesBetween } from '../../store/schedules.ts'
import { readRunRef } from '../elements/addresses.ts'
import { frameOf } from '../frame/frame.ts'
import { html } from '@continuum/service'
import { sendPage } from '../frame/send-page.ts'
import { messagePage } from '../frame/message-page.ts'
import { scheduledPage } from './scheduled-page.ts'

const maxSeconds = 9_999_999_999

const pageSchema = {
  ...pageRoute.contract,
  operationId: 'scheduledPage',
  summary: 'Show the scheduled publications',
  response: { 200: pageReply('The scheduled publications.'), ...pageRoute.replies },
}

const scheduleSchema = {
  ...formRoute.contract,
  operationId: 'schedule',
  summary: 'Schedule the publication of an article',
  body: Type.Object({
    article: Type.String({ pattern: '^\\S+$', description: 'the number of the article, which need not have arrived' }),
    due: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d', description: 'a local date and time' }),
    zone: Type.String({ default: 'UTC', description: 'the time zone, such as `Europe/London`' }),
    ready: Type.Optional(Type.String({ description: 'the run to publish, as `<article>/<version>/<run>`' })),
    why: Type.Optional(Type.String({ maxLength: 1000, description: 'the reason, for the activity log' })),
    ...CsrfField,
  }),
  response: { 303: redirectReply('To the scheduled publications.'), ...formRoute.replies },
}

const cancelSchema = {
  ...formRoute.contract,
  operationId: 'cancelSchedule',
  summary: 'Cancel the scheduled publication of an article',
  body: Type.Object({ article: Type.String({ minLength: 1, description: 'the number of the article' }), ...CsrfField }),
  response: { 303: redirectReply('To the scheduled publications.'), ...formRoute.replies },
}

/** Registers the page and the actions of scheduled publications. */
export function schedulePageRoutes(app: App, context: WebContext): void {
  const { sql, settings } = context
  const schedulerOf = ({ member }: FastifyRequest) => ({
    by: member?.name ?? '',
    previewBaseUrl: settings.PREVIEW_BASE_URL,
  })

  app.get('/scheduled', { schema: pageSchema, config: { role: 'reader' } }, async (request, reply) => {
    const schedules = await schedulesBetween(sql, 0, maxSeconds)
    const ids = schedules.map(({ article }) => article)
    const titles = await titlesOf(sql, ids)
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, scheduledPage(schedules, titles, frame), frame)
  })

  app.post('/schedule', { schema: scheduleSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { article, due, zone, ready = '' } = request.body
    const at = dueSeconds(due, zone)
    if (at === undefined || at * 1000 < Temporal.Now.instant().epochMilliseconds) {
      const text =
        at === undefined
          ? 'This is not a valid date, time or time zone.'
          : 'This time is in the past. Publish the article now instead.'
      const frame = await frameOf(request, context)
      return sendPage(reply, 400, messagePage('Not scheduled', html`<p>${text}</p>`), frame)
    }
    const run = readRunRef(ready)
    const bound = run?.id === article ? { version: run.version, run: run.run } : undefined
    await schedulePublication(
      sql,
      { article, due: at, ready: bound },
      { ...schedulerOf(request), why: request.body.why?.trim() },
    )
    return reply.redirect('/scheduled', 303)
  })

  app.post('/schedule/cancel', { schema: cancelSchema, config: { role: 'publisher' } }, async (request, reply) => {
    const { article } = request.body
    await cancelPublication(sql, article, schedulerOf(request))
    return reply.redirect('/scheduled', 303)
  })
}

/** Converts a local time in a zone to unix seconds; undefined if either is invalid. */
export function dueSeconds(local: string, zone: string): number | undefined {
  try {
    return Math.floor(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds / 1000)
  } catch {
    return undefined
  }
}
