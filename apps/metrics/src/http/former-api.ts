import { articleOfDoi } from '@continuum/article'
import type { App } from '@continuum/service'
import { dayOf } from '@continuum/usage'
import { Type, type Static } from 'typebox'
import { readUseCounts, type UseCounts } from '../count/read-usage.ts'
import { failureReply, notFoundReply, sendJson, sendProblem } from './replies.ts'
import type { RouteContext } from './route-context.ts'

const Counts = Type.Object({
  full: Type.Integer(),
  abstract: Type.Integer(),
  digest: Type.Integer(),
  pdf: Type.Integer(),
})
const ByPeriod = Type.Record(Type.String(), Counts)
const OfDoi = Type.Record(Type.String(), Type.Object({ daily: ByPeriod, monthly: ByPeriod }))

const days = 30

const schema = {
  tags: ['former API'],
  security: [],
  operationId: 'formerMetrics',
  summary: 'Get the usage of a DOI as in 2016: the last 30 days and all months, or with `hw,ga/` by source',
  params: Type.Object({ '*': Type.String({ description: '`<doi>/`, or `hw,ga/<doi>/`' }) }),
  response: {
    200: {
      description: 'By DOI; of sources, by source and DOI.',
      content: { 'application/json': { schema: Type.Union([OfDoi, Type.Record(Type.String(), OfDoi)]) } },
    },
    404: notFoundReply,
    '5xx': failureReply,
  },
}

/** Adds the metrics API of 2016, `/api/v1/article/<doi>/`: the same usage in its shape. The letters of a DOI must be as they are published. */
export function addFormerApi(app: App, context: RouteContext): void {
  const { catalogue, journals } = context
  app.get('/api/v1/article/*', { schema }, async (request, reply) => {
    const [, sources, doi] = /^(?:((?:hw|ga)(?:,(?:hw|ga))*)\/)?([.\w]+\/[.\w]+)\/$/.exec(request.params['*']) ?? []
    const article = doi === undefined ? undefined : articleOfDoi(journals, doi)
    const found = article === undefined ? undefined : await catalogue.find(article)
    if (article === undefined || doi === undefined || found?.doi !== doi) return sendProblem(reply, 404, 'not found')
    const ofDoi = async (source?: string) => ({ [doi]: await usageOf(article, context, source) })
    const answer = sources
      ? Object.fromEntries(await Promise.all(sources.split(',').map(async (source) => [source, await ofDoi(source)])))
      : await ofDoi()
    return sendJson(reply, 'application/json; charset=utf-8', answer)
  })
}

async function usageOf(
  article: string,
  { sql, now }: RouteContext,
  source?: string,
): Promise<Static<typeof OfDoi>[string]> {
  const today = dayOf(now()).toString()
  const first = dayOf(now()).subtract({ days }).toString()
  const [daily, monthly] = await Promise.all([
    readUseCounts(sql, article, 'day', source),
    readUseCounts(sql, article, 'month', source),
  ])
  return {
    daily: byPeriod(daily.filter(({ period }) => period >= first && period < today)),
    monthly: byPeriod(monthly),
  }
}

function byPeriod(rows: readonly ({ period: string } & UseCounts)[]): Static<typeof ByPeriod> {
  return Object.fromEntries(rows.map(({ period, ...counts }) => [period, counts]))
}
