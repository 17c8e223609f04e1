import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Answer } from './answer-cache.ts'
import { negotiate } from './media-types.ts'
import type { ErrorReply } from './schemas.ts'

/**
 * Answers a read: with 304 where the client has the content already, 404 where nothing is found, 410 where it has been withdrawn, 406
 * where no type of it is acceptable.
 */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, found: Answer): FastifyReply {
  if (!found) return sendNotFound(reply)
  if ('withdrawn' in found) return sendGone(reply, `The article has been withdrawn. ${found.withdrawn}`)
  const answer = negotiate(found.kind, request.headers.accept, found.fitting)
  if (!answer) return sendNotAcceptable(reply)
  const { bytes, digest } = found.content(answer.version)
  const etag = `"${digest}-${answer.name}"`
  const all = request.visibility === 'everything'
  reply
    .header('etag', etag)
    .header('vary', 'Accept, Authorization')
    .header('cache-control', all ? privateCaching : publicCaching)
  if (all && found.run !== undefined) reply.header('x-continuum-run', found.run)
  if (answer.deprecated) {
    reply.header('warning', 'Deprecation: Support for this Content-Type version will be removed')
  }
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === etag)) {
    return reply.code(304).send()
  }
  // Bytes: Fastify rewrites the parameters of the content type when a string is sent.
  return reply.header('content-type', answer.contentType).send(bytes)
}

const privateCaching = 'private, max-age=0, must-revalidate'
const publicCaching = 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400'

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

/** Answers an address of the first article API that this store has not. */
export function sendGone(reply: FastifyReply, instead: string): FastifyReply {
  return sendError(reply, 410, { title: 'gone', detail: instead })
}
