import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { refreshArticle } from '../../project/article-rows.ts'
import { applyChange } from '../../store/apply-change.ts'
import { titlesOf } from '../../store/lists.ts'
import { bindSchedule, cancelSchedule, schedulesBetween, setSchedule } from '../../store/schedules.ts'
import { readRunRef } from '../elements/addresses.ts'
import { frameOf } from '../frame/frame.ts'
import { html } from '../elements/html.ts'
import { sendPage } from '../frame/send-page.ts'
import { messagePage } from '../frame/message-page.ts'
import { scheduledPage } from './scheduled-page.ts'

const maxSeconds = 9_999_999_999

const ScheduleForm = Type.Object({
  article: Type.String({ pattern: '^\\S+$' }),
  due: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d' }),
  zone: Type.String({ default: 'UTC' }),
  ready: Type.Optional(Type.String()),
})

const CancelForm = Type.Object({ article: Type.String({ minLength: 1 }) })

/** Registers the page and the actions of scheduled publications. */
export function schedulePageRoutes(app: FastifyInstance, context: WebContext): void {
  const { sql, settings } = context

  app.get('/scheduled', async (request, reply) => {
    const schedules = await schedulesBetween(sql, 0, maxSeconds)
    const ids = schedules.map(({ article }) => article)
    const titles = await titlesOf(sql, ids)
    const frame = await frameOf(request, context)
    return sendPage(reply, 200, scheduledPage(schedules, titles, frame), frame)
  })

  app.post<{ Body: { article: string; due: string; zone: string; ready?: string } }>(
    '/schedule',
    { schema: { body: ScheduleForm } },
    async (request, reply) => {
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
      await applyChange(sql, article, async (transaction) => {
        await setSchedule(transaction, article, at, request.member?.name ?? '')
        const run = readRunRef(ready)
        if (run?.id === article) await bindSchedule(transaction, article, run.version, run.run)
        await refreshArticle(transaction, article, settings.PREVIEW_BASE_URL)
      })
      return reply.redirect('/scheduled', 303)
    },
  )

  app.post<{ Body: { article: string } }>(
    '/schedule/cancel',
    { schema: { body: CancelForm } },
    async (request, reply) => {
      const { article } = request.body
      await applyChange(sql, article, async (transaction) => {
        await cancelSchedule(transaction, article)
        await refreshArticle(transaction, article, settings.PREVIEW_BASE_URL)
      })
      return reply.redirect('/scheduled', 303)
    },
  )
}

/** Converts a local time in a zone to unix seconds; undefined if either is invalid. */
function dueSeconds(local: string, zone: string): number | undefined {
  try {
    return Math.floor(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds / 1000)
  } catch {
    return undefined
  }
}
