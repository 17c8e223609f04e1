import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { apiRoute, errorReply } from '../http/replies.ts'
import { cancelPublication, schedulePublication } from '../publish/schedule-publication.ts'
import { apiRowsOf } from '../store/lists.ts'
import { schedulesBetween, schedulesOf } from '../store/schedules.ts'
import { ScheduledRow, ScheduleItem, ScheduleStatus } from './schemas.ts'

const statusSchema = {
  ...apiRoute.contract,
  operationId: 'getSchedules',
  summary: 'Get the schedules of articles',
  body: Type.Object({ articles: Type.Array(Type.String({ description: 'the number of an article' })) }),
  response: {
    200: {
      description: 'The schedules, in the order of the request.',
      content: { 'application/json': { schema: Type.Object({ articles: Type.Array(ScheduleStatus) }) } },
    },
    ...apiRoute.replies,
  },
}

const setSchema = {
  ...apiRoute.contract,
  operationId: 'setSchedule',
  summary: 'Schedule the publication of an article, or cancel it',
  description: 'The article need not have arrived yet.',
  body: Type.Object({ article: ScheduleItem }),
  response: {
    200: {
      description: 'The schedule is stored.',
      content: { 'application/json': { schema: Type.Object({ result: Type.Literal('success') }) } },
    },
    409: errorReply('Its newest run has failed, and nothing of it is ready or on its way.'),
    ...apiRoute.replies,
  },
}

const rangeSchema = {
  ...apiRoute.contract,
  operationId: 'getScheduleForRange',
  summary: 'Get the scheduled articles between two times',
  params: Type.Object({
    from: Type.Integer({ description: 'unix seconds, exclusive' }),
    to: Type.Integer({ description: 'unix seconds, exclusive' }),
  }),
  response: {
    200: {
      description: 'The scheduled articles, soonest first.',
      content: { 'application/json': { schema: Type.Object({ articles: Type.Array(ScheduledRow) }) } },
    },
    ...apiRoute.replies,
  },
}

/** Registers scheduled publications, with the contract of the original system's scheduler. */
export function scheduleRoutes(app: App, { sql, settings }: WebContext): void {
  app.post(
    '/api/article_scheduled_status',
    { schema: statusSchema, config: { role: 'reader' } },
    async (request, reply) => {
      const ids = request.body.articles
      const known = new Map((await schedulesOf(sql, ids)).map((schedule) => [schedule.article, schedule]))
      return reply.send({
        articles: ids.map((id) => ({
          'article-identifier': id,
          scheduled: known.get(id)?.due ?? null,
          published: known.get(id)?.fired ?? false,
        })),
      })
    },
  )

  app.post(
    '/api/schedule_article_publication',
    { schema: setSchema, config: { role: 'publisher' } },
    async (request, reply) => {
      const { 'article-identifier': id, scheduled, why } = request.body.article
      const scheduler = { by: request.member?.name ?? '', why, previewBaseUrl: settings.PREVIEW_BASE_URL }
      if (scheduled === false || scheduled === null) await cancelPublication(sql, id, scheduler)
      else {
        const verdict = await schedulePublication(sql, { article: id, due: Number(scheduled) }, scheduler)
        if (!verdict.allowed) return reply.code(409).send({ message: 'Not scheduled', detail: verdict.reason })
      }
      return reply.send({ result: 'success' })
    },
  )

  app.get(
    '/api/article_schedule_for_range/from/:from/to/:to/',
    { schema: rangeSchema, config: { role: 'reader' } },
    async (request, reply) => {
      const schedules = await schedulesBetween(sql, request.params.from, request.params.to)
      const rows = await apiRowsOf(
        sql,
        schedules.map(({ article }) => article),
      )
      const articles = schedules.map(({ article: id, due }): ScheduledRow => {
        const row = rows.get(id)
        return row ? { ...row, id, 'is-temp': false } : { id, 'is-temp': true, 'scheduled-publication-date': due }
      })
      return reply.send({ articles })
    },
  )
}
