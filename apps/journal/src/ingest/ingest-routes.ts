import { readArticleId, type Journal } from '@continuum/article'
import { emptyReply, type App, type Sql } from '@continuum/service'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { findEditions, type VersionAddress } from '../editions/edition-store.ts'
import { EifDocument } from '../editions/eif-document.ts'
import { fieldErrorsOf } from '../editions/eif-errors.ts'
import { isPipeline, type PipelineCredentials } from './credentials.ts'
import {
  answerSchemaError,
  describeEdition,
  EditionReply,
  errorReplies,
  sendFieldErrors,
  sendForbidden,
  sendSuperseded,
  sendUnknown,
} from './ingest-replies.ts'
import { addRetractionRoutes } from './retraction-routes.ts'
import { post, publish, remove, withdraw, withdrawArticle, type IngestOptions } from './ingest.ts'

/** The parts of the site that the ingest contract needs. */
export interface IngestContext {
  sql: Sql
  pipeline: PipelineCredentials
  journals: readonly Journal[]
  now: () => Temporal.Instant
  /** To be called when what readers see may have changed, before the change is acknowledged. */
  onChange: () => void
}

const params = Type.Object({
  file: Type.String({
    pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*\\.\\d{1,6}\\.json$',
    maxLength: 120,
    examples: ['00353.1.json', 'ijm-00202.1.json'],
  }),
})
const headers = Type.Object({
  'x-continuum-run': Type.Optional(Type.String({ description: 'the run that sends the request' })),
})
const PublishBody = Type.Object({ publish: Type.Union([Type.Boolean(), Type.Enum(['1', '0'])]) })
const PublishReply = Type.Object({
  publish: Type.Boolean(),
  'pub-date': Type.Optional(Type.String({ format: 'date-time' })),
  update: Type.Optional(Type.String({ format: 'date-time' })),
})

const { 400: invalid, 403: forbidden, 404: unknown, '5xx': failure } = errorReplies
const write = { tags: ['ingest'], headers, security: [{ pipeline: [] }] }
const edition = { description: 'The edition as it is now.', content: { 'application/json': { schema: EditionReply } } }

const postSchema = {
  ...write,
  operationId: 'postArticle',
  summary: 'Post a version of an article',
  body: EifDocument,
  response: { 200: edition, 400: invalid, 403: forbidden, '5xx': failure },
}
const putSchema = {
  ...write,
  operationId: 'putArticle',
  summary: 'Post the version that the address names',
  params,
  body: EifDocument,
  response: { 200: edition, 400: invalid, 403: forbidden, 404: unknown, '5xx': failure },
}
const getSchema = {
  tags: ['ingest'],
  security: [{}, { pipeline: [] }],
  operationId: 'getArticle',
  summary: 'Get a version as it was posted; a preview only with the credentials',
  params,
  response: { 200: edition, 403: forbidden, 404: unknown, '5xx': failure },
}
const deleteSchema = {
  ...write,
  operationId: 'deleteArticle',
  summary: 'Delete a version',
  params,
  response: { 204: emptyReply('It is deleted.'), 403: forbidden, 404: unknown, '5xx': failure },
}
const publishSchema = {
  ...write,
  operationId: 'publishArticle',
  summary: 'Publish a version, or withdraw it',
  params,
  body: PublishBody,
  response: {
    200: { description: 'What readers see now.', content: { 'application/json': { schema: PublishReply } } },
    ...errorReplies,
  },
}

const withdrawSchema = {
  ...write,
  operationId: 'withdrawArticle',
  summary: 'Withdraw all versions of an article, with the reason that its page says',
  params: Type.Object({
    id: Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 100, examples: ['00353'] }),
  }),
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000 }) }),
  response: {
    200: {
      description: 'It is withdrawn; the number of versions that were public until now.',
      content: { 'application/json': { schema: Type.Object({ withdrawn: Type.Integer() }) } },
    },
    ...errorReplies,
  },
}

/**
 * Adds the ingest contract, by which the pipeline posts articles and publishes them. Addresses name a version as
 * `00353.1.json`. The header `x-continuum-run` names the run, so that only what was approved is published.
 */
export function addIngestRoutes(routes: App, context: IngestContext): void {
  const { sql, pipeline, journals, now, onChange } = context
  const addressOf = (id: string, version: number): VersionAddress => ({
    article: readArticleId(id, journals) ?? id,
    version,
  })
  // `00353.1.json`
  const addressIn = (file: string): VersionAddress => {
    const [id = '', version] = file.split('.')
    return addressOf(id, Number(version))
  }
  const optionsOf = (request: FastifyRequest): IngestOptions => ({ sql, now: now(), run: runOf(request) })
  const errorHandler = answerSchemaError

  routes.addHook('onRequest', async (request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    return reads || isPipeline(request, pipeline) ? undefined : sendForbidden(reply)
  })

  routes.addHook('onSend', async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD') onChange()
  })

  routes.post('/article.json', { schema: postSchema, errorHandler }, async (request, reply) => {
    const errors = fieldErrorsOf(request.body)
    return errors.length > 0
      ? sendFieldErrors(reply, errors)
      : describeEdition(
          await post(optionsOf(request), addressOf(request.body['article-id'], request.body.version), request.body),
        )
  })

  routes.put('/article/:file', { schema: putSchema, errorHandler }, async (request, reply) => {
    const address = addressIn(request.params.file)
    const errors = fieldErrorsOf(request.body)
    if (errors.length > 0) return sendFieldErrors(reply, errors)
    const { 'article-id': id, version, 'article-version-id': value } = request.body
    if (addressOf(id, version).article !== address.article || version !== address.version) {
      return sendFieldErrors(reply, [
        { field: 'data.article-version-id', message: 'is not what the address names', value },
      ])
    }
    return describeEdition(await post(optionsOf(request), address, request.body))
  })

  routes.get('/article/:file', { schema: getSchema, errorHandler }, async (request, reply) => {
    const { preview, published } = await findEditions(sql, addressIn(request.params.file))
    if (preview && isPipeline(request, pipeline)) return describeEdition(preview)
    if (published) return describeEdition(published)
    // The same whether there is a preview or not.
    return sendUnknown(reply)
  })

  routes.delete('/article/:file', { schema: deleteSchema, errorHandler }, async (request, reply) => {
    const { known } = await remove(optionsOf(request), addressIn(request.params.file))
    return known ? reply.code(204).send() : sendUnknown(reply)
  })

  routes.put('/withdraw/:id', { schema: withdrawSchema, errorHandler }, async (request, reply) => {
    const { article } = addressOf(request.params.id, 1)
    const versions = await withdrawArticle(optionsOf(request), article, request.body.reason)
    return versions === undefined ? sendUnknown(reply) : { withdrawn: versions }
  })

  addRetractionRoutes(routes, context)

  routes.put('/publish/:file', { schema: publishSchema, errorHandler }, async (request, reply) => {
    const address = addressIn(request.params.file)
    const publishes = request.body.publish === true || request.body.publish === '1'
    const outcome = await (publishes ? publish : withdraw)(optionsOf(request), address)
    if (outcome === 'unknown') return sendUnknown(reply)
    if (outcome === 'superseded') return sendSuperseded(reply, runOf(request))
    const { publish: isPublic, 'pub-date': published, update } = describeEdition(outcome)
    return { publish: isPublic, ...(published && { 'pub-date': published }), ...(update && { update }) }
  })
}

function runOf({ headers: sent }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const run = sent['x-continuum-run']
  return typeof run === 'string' && run !== '' ? run : undefined
}
