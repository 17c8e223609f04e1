import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from './media-types.ts'
import type { Sight } from './read-store.ts'

/** One JSON text of two objects' texts; neither is empty, and they have no key in common. */
export function joinObjects(first: string, second: string): string {
  return `${first.slice(0, -1)},${second.slice(1)}`
}

/** Answers a read with JSON text, or 304 where the asker has it already. */
export function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  content: { text: string; answer: Answer; sight: Sight },
): FastifyReply {
  const { text, answer, sight } = content
  const etag = `"${createHash('sha1').update(answer.contentType).update(text).digest('base64url')}"`
  reply
    .header('etag', etag)
    .header('vary', 'Accept, Authorization')
    .header('kong-authenticated', sight === 'everything' ? 'True' : 'False')
    .header(
      'cache-control',
      sight === 'everything'
        ? 'private, max-age=0, must-revalidate'
        : 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400',
    )
  if (answer.deprecated) {
    reply.header('warning', 'Deprecation: Support for this Content-Type version will be removed')
  }
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === etag)) {
    return reply.code(304).send()
  }
  return reply.type(answer.contentType).send(text)
}

/** Answers with an error body, which no cache keeps. */
export function sendError(
  reply: FastifyReply,
  status: number,
  body: { title: string; detail?: string } & Record<string, unknown>,
): FastifyReply {
  return uncached(reply).code(status).send(body)
}

export function uncached(reply: FastifyReply): FastifyReply {
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
