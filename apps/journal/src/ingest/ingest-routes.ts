import type { Sql } from '@continuum/service'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { isPipeline, type PipelineCredentials } from './credentials.ts'
import type { Edition } from '../editions/edition.ts'
import { findEditions, type VersionAddress } from '../editions/edition-store.ts'
import { readEif, type FieldError } from '../editions/eif.ts'
import { post, publish, remove, withdraw, type Asked } from './ingest.ts'

type OfVersion = { Params: { file: string } }

/** The parts of the site that the ingest contract needs. */
export interface IngestContext {
  sql: Sql
  pipeline: PipelineCredentials
  now: () => Temporal.Instant
}

const Publish = Type.Object({ publish: Type.Union([Type.Boolean(), Type.Enum(['1', '0'])]) })

/**
 * The ingest contract, by which the pipeline hands over articles and makes them public. Addresses name a version as
 * `00353.1.json`. The header `x-continuum-run` names the run, so that what is published is what was approved.
 */
export function addIngestRoutes(api: FastifyInstance, site: IngestContext): void {
  const asked = (request: FastifyRequest): Asked => ({ sql: site.sql, now: site.now(), run: runOf(request) })

  api.addHook('onRequest', async (request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    return reads || isPipeline(request, site.pipeline) ? undefined : forbidden(reply)
  })

  api.post('/article.json', async (request, reply) => {
    const read = readEif(request.body)
    return 'eif' in read ? described(await post(asked(request), read.eif)) : invalid(reply, read.errors)
  })

  api.put<OfVersion>('/article/:file', async (request, reply) => {
    const address = addressOf(request.params.file)
    if (!address) return notFound(reply)
    const read = readEif(request.body)
    if ('errors' in read) return invalid(reply, read.errors)
    const { 'article-id': id, version, 'article-version-id': value } = read.eif
    if (Number(id) !== address.article || version !== address.version) {
      return invalid(reply, [{ field: 'data.article-version-id', message: 'is not what the address names', value }])
    }
    return described(await post(asked(request), read.eif))
  })

  api.get<OfVersion>('/article/:file', async (request, reply) => {
    const address = addressOf(request.params.file)
    const { preview, published } = address ? await findEditions(site.sql, address) : {}
    if (preview && isPipeline(request, site.pipeline)) return described(preview)
    if (published) return described(published)
    return preview ? forbidden(reply) : notFound(reply)
  })

  api.delete<OfVersion>('/article/:file', async (request, reply) => {
    const address = addressOf(request.params.file)
    const { known } = address ? await remove(asked(request), address) : { known: false }
    return known ? reply.code(204).send() : notFound(reply)
  })

  api.put<OfVersion>('/publish/:file', async (request, reply) => {
    const address = addressOf(request.params.file)
    if (!address) return notFound(reply)
    if (!Value.Check(Publish, request.body)) {
      return invalid(reply, [{ field: 'data.publish', message: 'must be true or false', value: request.body ?? null }])
    }
    const wanted = request.body.publish === true || request.body.publish === '1'
    const outcome = await (wanted ? publish(asked(request), address) : withdraw(asked(request), address))
    if (outcome === 'unknown') return notFound(reply)
    if (outcome === 'superseded') return superseded(reply, runOf(request))
    const { publish: isPublic, 'pub-date': published, update } = described(outcome)
    return { publish: isPublic, ...(published && { 'pub-date': published }), ...(update && { update }) }
  })
}

/** An edition as the document that senders get back: what they posted, with what is true of it now. */
function described({ eif, stage, dates }: Edition) {
  return {
    ...eif,
    publish: stage === 'published',
    ...(dates && { 'pub-date': dates.published.toString() }),
    ...(dates?.updated && { update: dates.updated.toString() }),
  }
}

function addressOf(file: string): VersionAddress | undefined {
  const [, article, version] = /^(\d{1,15})\.(\d{1,6})\.json$/.exec(file) ?? []
  return article && version ? { article: Number(article), version: Number(version) } : undefined
}

function runOf(request: FastifyRequest): string | undefined {
  const run = request.headers['x-continuum-run']
  return typeof run === 'string' && run !== '' ? run : undefined
}

function invalid(reply: FastifyReply, errors: FieldError[]): FastifyReply {
  return reply.code(400).send(errors)
}

function superseded(reply: FastifyReply, run: string | undefined): FastifyReply {
  const message =
    'another delivery has replaced what was approved: look at the newest run on the dashboard, preview and publish that'
  return reply.code(409).send([{ field: 'data.run', message, value: run ?? null }])
}

function forbidden(reply: FastifyReply): FastifyReply {
  return reply.code(403).send({ title: 'Forbidden', detail: 'the user name or the password is not right', status: 403 })
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ title: 'Not Found', detail: 'the site has no such version', status: 404 })
}
