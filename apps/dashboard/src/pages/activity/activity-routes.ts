import type { App } from '@continuum/service'
import { Type } from 'typebox'
import type { WebContext } from '../../http/context.ts'
import { pageReply, pageRoute } from '../../http/replies.ts'
import { activityLog, actorsOfLog } from '../../store/activity.ts'
import { frameOf } from '../frame/frame.ts'
import { sendPage } from '../frame/send-page.ts'
import { csvOf, jsonOf } from './activity-export.ts'
import { ActivityQuery, readFilter } from './activity-filter.ts'
import { activityPage } from './activity-page.ts'

const pageSize = 200

const pageSchema = {
  ...pageRoute.contract,
  operationId: 'activityPage',
  summary: 'Show what was done, by whom, when and why',
  querystring: Type.Object({
    ...ActivityQuery.properties,
    after: Type.Optional(
      Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z [ra]\\d+$', description: 'the place of the next page' }),
    ),
  }),
  response: { 200: pageReply('The entries, newest first.'), ...pageRoute.replies },
}

const fileSchema = (operationId: string, summary: string, mediaType: string) => ({
  ...pageRoute.contract,
  operationId,
  summary,
  querystring: ActivityQuery,
  response: {
    200: { description: 'All entries that match.', content: { [mediaType]: { schema: Type.Unsafe<unknown>({}) } } },
    ...pageRoute.replies,
  },
})

/** Registers the activity log over all articles, and its files. */
export function activityRoutes(app: App, context: WebContext): void {
  const { sql } = context

  app.get('/activity', { schema: pageSchema, config: { role: 'reader' } }, async (request, reply) => {
    const { after, ...query } = request.query
    const [at = '', key = ''] = after?.split(' ') ?? []
    const [found, actors, frame] = await Promise.all([
      activityLog(sql, readFilter(query), pageSize + 1, after === undefined ? undefined : { at, key }),
      actorsOfLog(sql),
      frameOf(request, context),
    ])
    const entries = found.slice(0, pageSize)
    const last = found.length > pageSize ? entries.at(-1) : undefined
    return sendPage(reply, 200, activityPage({ query, entries, actors, next: last && `${last.at} ${last.key}` }), frame)
  })

  for (const [kind, mediaType, write] of [
    ['csv', 'text/csv', csvOf],
    ['json', 'application/json', jsonOf],
  ] as const) {
    const schema = fileSchema(`activity${kind.toUpperCase()}`, `Get what was done as ${kind.toUpperCase()}`, mediaType)
    app.get(`/activity.${kind}`, { schema, config: { role: 'reader' } }, async (request, reply) =>
      reply
        .type(`${mediaType}; charset=utf-8`)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="activity.${kind}"`)
        .send(write(sql, readFilter(request.query))),
    )
  }
}
