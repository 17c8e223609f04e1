import { parseArticleId } from '@continuum/article'
import type { App } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { formatInstant, parseInstant } from '../rules/instants.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { readSubmission, SubmissionBody } from '../rules/submission.ts'
import { ingest, ingestAndPublish, publish } from '../store/article-store.ts'
import { refuseAnonymous, schemaError } from './errors.ts'
import { setUncached } from './replies.ts'
import { articleOf, type RouteContext } from './route-context.ts'
import { errorReply, VersionParams, WriteReply } from './schemas.ts'

const flag = (description: string) => Type.Optional(Type.Boolean({ default: false, description }))
const dryRun = flag('answer what would happen, and change nothing')

const PublishBody = Type.Object({
  run: Type.Optional(Type.String({ minLength: 1, description: 'the run that was approved; any, where it is absent' })),
  date: Type.Optional(Type.String({ description: 'the publication date, such as 2012-12-13T00:00:00Z' })),
})

const write = { tags: ['pipeline'], params: VersionParams, security: [{ token: [] }] }
const replies = {
  400: errorReply('The request is wrong.'),
  403: errorReply('The token is missing or wrong.'),
  404: errorReply('The address names no article version.'),
  409: errorReply('The state of the article forbids it.'),
  413: errorReply('The body is larger than 5 MB.'),
  415: errorReply('The body is not JSON.'),
  '5xx': errorReply('The store failed; nothing was changed.'),
}

/**
 * Adds the routes by which the pipeline writes: PUT ingests article JSON, POST publishes what a run ingested. Both may
 * be repeated.
 */
export function addWriteRoutes(api: App, context: RouteContext): void {
  const { sql, answers, journals, now, metrics } = context

  api.put(
    '/v2/articles/:id/versions/:version',
    {
      schemaErrorFormatter: schemaError('the body must be {"article": {...article JSON...}, "run": "<uuid>"}'),
      schema: {
        ...write,
        operationId: 'ingestVersion',
        summary: 'Ingest a version as a preview',
        querystring: Type.Object({
          force: flag('change what is public'),
          hold: flag('let a forced ingest wait beside what is public until it is published by force'),
          publish: flag('publish it too, both or neither'),
          'dry-run': dryRun,
        }),
        body: SubmissionBody,
        response: {
          200: { description: 'It is stored.', content: { 'application/json': { schema: WriteReply } } },
          ...replies,
        },
      },
      onRequest: refuseAnonymous,
    },
    async (request, reply) => {
      const { version } = request.params
      const id = articleOf(request.params.id, journals)
      const { force = false, hold = false, publish: publishToo = false, 'dry-run': dry = false } = request.query
      if (hold && publishToo) throw new RuleViolationError('bad-request', "'hold' and 'publish' exclude each other")
      const submission = readSubmission(request.body, { article: id, version }, journals)
      const store = publishToo ? ingestAndPublish : ingest
      const stored = await metrics.timed('ingest', () => store(sql, submission, { force, hold, dryRun: dry }, now()))
      answers.forget(id)
      setUncached(reply)
      return writeReply(dry ? 'validated' : publishToo ? 'published' : 'ingested', {
        id,
        datetime: stored,
        run: submission.run,
        dryRun: dry,
        force,
      })
    },
  )

  api.post(
    '/v2/articles/:id/versions/:version',
    {
      schemaErrorFormatter: schemaError(
        'the body must be {"run"?: "<uuid of the run that was approved>", "date"?: "<instant>"}',
      ),
      schema: {
        ...write,
        operationId: 'publishVersion',
        summary: 'Publish what a run ingested',
        querystring: Type.Object({ force: flag('replace what is public by a held correction'), 'dry-run': dryRun }),
        body: PublishBody,
        response: {
          200: { description: 'It is public.', content: { 'application/json': { schema: WriteReply } } },
          ...replies,
        },
      },
      onRequest: refuseAnonymous,
    },
    async (request, reply) => {
      const { version } = request.params
      const id = articleOf(request.params.id, journals)
      const { force = false, 'dry-run': dry = false } = request.query
      const { run } = request.body
      const date = readDate(request.body.date)
      const published = await metrics.timed('publish', () =>
        publish(
          sql,
          { article: id, version, run, force, journal: parseArticleId(id, journals)?.journal, ...(date && { date }) },
          { dryRun: dry },
          now(),
        ),
      )
      answers.forget(id)
      setUncached(reply)
      return writeReply(dry ? 'validated' : 'published', { id, datetime: published, run, dryRun: dry, force })
    },
  )
}

function writeReply(
  status: Static<typeof WriteReply>['status'],
  reply: { id: string; datetime: Temporal.Instant; run: string | undefined; dryRun: boolean; force: boolean },
): Static<typeof WriteReply> {
  const { id, datetime, run, dryRun: dry, force } = reply
  return {
    status,
    id,
    datetime: formatInstant(datetime),
    ...(run !== undefined && { run }),
    'dry-run': dry,
    force,
    message: null,
  }
}

function readDate(text: string | undefined): Temporal.Instant | undefined {
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant) return instant
  throw new RuleViolationError(
    'bad-request',
    `'date' must be an instant such as 2012-12-13T00:00:00Z, but is '${text}'`,
  )
}
