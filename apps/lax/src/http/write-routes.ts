import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { articleNumber, versionNumber } from './address.ts'
import { ingest, publish } from '../store/article-store.ts'
import { formatInstant, parseInstant } from '../rules/instants.ts'
import { sightOf, type Parts } from './route-context.ts'
import { Refused } from '../rules/rule-violation.ts'
import { sendError, uncached } from './replies.ts'
import { readSubmission } from '../rules/submission.ts'

type OfVersion = { Params: { id: string; version: string }; Querystring: Record<string, unknown> }

const PublishBody = Type.Object({ run: Type.String({ minLength: 1 }), date: Type.Optional(Type.String()) })

/**
 * How the pipeline writes: PUT ingests article JSON, POST publishes what a run ingested. Both are safe to repeat.
 * `?force=true` changes what is public, `?hold=true` makes a forced ingest wait for a forced publication beside it,
 * `?dry-run=true` answers what would happen.
 */
export function addWriteRoutes(api: FastifyInstance, parts: Parts): void {
  const { sql, articles, journals, now } = parts

  api.put<OfVersion>('/v2/articles/:id/versions/:version', async (request, reply) => {
    if (sightOf(request, parts) !== 'everything') return sendError(reply, 403, notAuthenticated)
    const address = addressOf(request.params)
    const submission = readSubmission(request.body, address, journals)
    const wish = { force: flag(request, 'force'), hold: flag(request, 'hold'), dryRun: flag(request, 'dry-run') }
    const stored = await ingest(sql, submission, wish, now())
    articles.forget(address.article)
    return uncached(reply).send({
      status: wish.dryRun ? 'validated' : 'ingested',
      id: address.article,
      datetime: formatInstant(stored),
      run: submission.run,
      'dry-run': wish.dryRun,
      force: wish.force,
      message: null,
    })
  })

  api.post<OfVersion>('/v2/articles/:id/versions/:version', async (request, reply) => {
    if (sightOf(request, parts) !== 'everything') return sendError(reply, 403, notAuthenticated)
    const address = addressOf(request.params)
    const wish = { force: flag(request, 'force'), dryRun: flag(request, 'dry-run') }
    const body = readPublishBody(request.body)
    const date = await publish(sql, { ...address, ...body, force: wish.force }, wish, now())
    articles.forget(address.article)
    return uncached(reply).send({
      status: wish.dryRun ? 'validated' : 'published',
      id: address.article,
      datetime: formatInstant(date),
      run: body.run,
      'dry-run': wish.dryRun,
      force: wish.force,
      message: null,
    })
  })
}

const notAuthenticated = { title: 'not authenticated', detail: 'only authenticated users can modify content' }

function addressOf({ id, version }: OfVersion['Params']): { article: number; version: number } {
  return { article: articleNumber(id), version: versionNumber(version) }
}

function flag(request: { query: Record<string, unknown> }, name: string): boolean {
  const value = request.query[name]
  if (value === undefined || value === 'false') return false
  if (value === 'true') return true
  throw new Refused('bad-request', `'${name}' must be true or false`)
}

function readPublishBody(sent: unknown): { run: string; date?: Temporal.Instant } {
  if (!Value.Check(PublishBody, sent)) {
    throw new Refused(
      'bad-request',
      'the body must be {"run": "<uuid of the run that was approved>", "date"?: "<instant>"}',
    )
  }
  const { run, date } = sent
  if (date === undefined) return { run }
  const instant = parseInstant(date)
  if (!instant)
    throw new Refused('bad-request', `'date' must be an instant such as 2012-12-13T00:00:00Z, but is '${date}'`)
  return { run, date: instant }
}
