import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { readPeriods, type UsageMetric } from '../count/read-usage.ts'
import { PeriodQuery, readPaging } from './paging.ts'
import {
  accepts,
  badRequestReply,
  failureReply,
  notAcceptableReply,
  notFoundReply,
  sendJson,
  sendProblem,
} from './replies.ts'
import { findAsked, type RouteContext } from './route-context.ts'

const mediaType = 'application/vnd.elife.metric-time-period+json; version=1'

const Periods = Type.Object(
  {
    totalPeriods: Type.Integer({ minimum: 0, description: 'of all pages' }),
    totalValue: Type.Integer({ minimum: 0, description: 'of everything, by day or month alike' }),
    periods: Type.Array(
      Type.Object({
        period: Type.String({ examples: ['2016-01-31', '2016-01'] }),
        value: Type.Integer({ minimum: 0 }),
      }),
    ),
  },
  { $id: 'TimePeriods' },
)

const summaries: Record<UsageMetric, string> = {
  'page-views': 'Count the views of an article',
  downloads: "Count the downloads of an article's PDF",
}

/** Adds the usage of an article by day or month: `/metrics/article/{id}/page-views` and `/downloads`. */
export function addUsageRoutes(app: App, context: RouteContext): void {
  for (const metric of ['page-views', 'downloads'] as const) {
    const schema = {
      tags: ['metrics'],
      security: [],
      operationId: metric === 'downloads' ? 'downloads' : 'pageViews',
      summary: summaries[metric],
      params: Type.Object({ id: Type.String({ examples: ['00353'] }) }),
      querystring: PeriodQuery,
      response: {
        200: {
          description: 'The periods in which there was usage; empty past the last page.',
          content: { [mediaType]: { schema: Periods } },
        },
        400: badRequestReply,
        404: notFoundReply,
        406: notAcceptableReply,
        '5xx': failureReply,
      },
    }
    app.get(`/metrics/article/:id/${metric}`, { schema }, async (request, reply) => {
      const article = await findAsked(request.params.id, context)
      if (!article) return sendProblem(reply, 404, 'not found')
      if (!accepts(request.headers.accept, mediaType)) return sendProblem(reply, 406, 'not acceptable')
      const by = request.query.by?.toLowerCase() === 'month' ? 'month' : 'day'
      const periods = await readPeriods(context.sql, article.id, metric, by, readPaging(request.query))
      return sendJson(reply, mediaType, periods)
    })
  }
}
