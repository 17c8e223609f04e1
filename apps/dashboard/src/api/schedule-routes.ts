import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { WebContext } from '../http/context.ts'
import { refreshArticle } from '../project/article-rows.ts'
import { applyChange } from '../store/apply-change.ts'
import { apiRowsOf } from '../store/lists.ts'
import { cancelSchedule, schedulesBetween, schedulesOf, setSchedule } from '../store/schedules.ts'
import { valueOf, ScheduleItem } from './bodies.ts'

const RangeParams = Type.Object({ from: Type.Integer(), to: Type.Integer() })

/** Registers scheduled publications, with the contract of the original system's scheduler. */
export function scheduleRoutes(app: FastifyInstance, { sql, settings }: WebContext): void {
  app.post('/api/article_scheduled_status', async (request, reply) => {
    const ids = valueOf(Type.Array(Type.String()), request.body, 'articles')
    const known = new Map((await schedulesOf(sql, ids)).map((schedule) => [schedule.article, schedule]))
    return reply.send({
      articles: ids.map((id) => ({
        'article-identifier': id,
        scheduled: known.get(id)?.due ?? null,
        published: known.get(id)?.fired ?? false,
      })),
    })
  })

  app.post('/api/schedule_article_publication', async (request, reply) => {
    const { 'article-identifier': id, scheduled } = valueOf(ScheduleItem, request.body, 'article')
    await applyChange(sql, id, async (transaction) => {
      if (scheduled === false || scheduled === null) await cancelSchedule(transaction, id)
      else await setSchedule(transaction, id, Number(scheduled), request.member?.name ?? '')
      await refreshArticle(transaction, id, settings.PREVIEW_BASE_URL)
    })
    return reply.send({ result: 'success' })
  })

  app.get<{ Params: { from: number; to: number } }>(
    '/api/article_schedule_for_range/from/:from/to/:to/',
    { schema: { params: RangeParams } },
    async (request, reply) => {
      const schedules = await schedulesBetween(sql, request.params.from, request.params.to)
      const rows = await apiRowsOf(
        sql,
        schedules.map(({ article }) => article),
      )
      return reply.send({
        articles: schedules.map(({ article: id, due }) => {
          const row = rows.get(id)
          return row ? { ...row, 'is-temp': false } : { id, 'is-temp': true, 'scheduled-publication-date': due }
        }),
      })
    },
  )
}
