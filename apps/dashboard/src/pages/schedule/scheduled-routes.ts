import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { pageReply, pageRoute } from '../../http/replies.ts'
import { calendarViews, startOf, weeksOf } from '../../derive/rows/calendar.ts'
import { publishedBetween, titlesOf } from '../../store/lists.ts'
import { schedulesBetween } from '../../store/schedules.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { scheduledPage } from './scheduled-page.ts'

const maxSeconds = 9_999_999_999

const pageSchema = {
  ...pageRoute.contract,
  operationId: 'scheduledPage',
  summary: 'Show the scheduled publications, and what was published',
  querystring: Type.Object({
    view: Type.Enum(calendarViews, { default: 'list' }),
    date: Type.Optional(Type.String({ format: 'date', description: 'a day of the week or month, such as 2026-12-24' })),
    zone: Type.Optional(
      Type.String({ description: 'the time zone of the days; by default that of the default journal' }),
    ),
  }),
  response: { 200: pageReply('The scheduled publications.'), ...pageRoute.replies },
}

/** Registers the page of scheduled publications: a list, or the days of a week or month. */
export function scheduledPageRoutes(app: App, context: WebContext): void {
  const { sql, journals } = context
  const zones = journals.map(({ timeZone }) => timeZone)
  const usual = journals.find(({ bareIds }) => bareIds)?.timeZone ?? 'UTC'

  app.get('/scheduled', { schema: pageSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { view, date: given, zone: wanted } = request.query
    const zone = wanted !== undefined && zones.includes(wanted) ? wanted : usual
    const today = Temporal.Now.zonedDateTimeISO(zone).toPlainDate()
    const date = given === undefined ? today : Temporal.PlainDate.from(given)
    const days = view === 'list' ? [] : weeksOf(view, date).flat()
    const [first, last] = [days.at(0), days.at(-1)]
    const [from, to] = first && last ? [startOf(first, zone), startOf(last.add({ days: 1 }), zone)] : [0, maxSeconds]
    const [schedules, published] = await Promise.all([
      // The bounds are exclusive.
      schedulesBetween(sql, from - 1, to),
      view === 'list' ? [] : publishedBetween(sql, from, to),
    ])
    const titles = await titlesOf(
      sql,
      schedules.map(({ article }) => article),
    )
    const frame = await frameOf(request, context)
    const shown = { view, date, zone, today, journals, schedules, published, titles }
    return sendPage(reply, 200, scheduledPage(shown, frame), frame)
  })
}
