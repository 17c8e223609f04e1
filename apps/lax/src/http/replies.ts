import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Content } from '../store/content.ts'
import type { Answer } from './media-types.ts'
import type { ErrorReply } from './schemas.ts'
import type { Visibility } from '../store/read-store.ts'

/** Answers a read; with 304 where the client has the content already. */
export function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, digest }: Content,
  { answer, visibility }: { answer: Answer; visibility: Visibility },
): FastifyReply {
  const etag = `"${digest}-${answer.name}"`
  reply
    .header('etag', etag)
    .header('vary', 'Accept, Authorization')
    .header('kong-authenticated', visibility === 'everything' ? 'True' : 'False')
    .header(
      'cache-control',
      visibility === 'everything'
        ? 'private, max-age=0, must-revalidate'
        : 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400',
    )
  if (answer.deprecated) {
    reply.header('warning', 'Deprecation: Support for this Content-Type version will be removed')
  }
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === etag)) {
    return reply.code(304).send()
  }
  // Bytes: Fastify rewrites the parameters of the content type when a string is sent.
  return reply.header('content-type', answer.contentType).send(bytes)
}

/** Sends an error, which no cache keeps. */
export function sendError(reply: FastifyReply, status: number, body: Static<typeof ErrorReply>): FastifyReply {
  return setUncached(reply).code(status).send(body)
}

/** Sets the headers of a reply that is JSON and that no cache keeps. */
export function setUncached(reply: FastifyReply): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('cache-control', 'must-revalidate, no-cache, no-store')
    .header('vary', 'Accept, Authorization')
}

export function sendNotFound(reply: FastifyReply): FastifyReply {
  return sendError(reply, 404, { title: 'not found' })
}

export function sendNotAcceptable(reply: FastifyReply): FastifyReply {
  return sendError(reply, 406, {
    title: 'not acceptable',
    detail: 'could not negotiate an acceptable response type',
  })
}
