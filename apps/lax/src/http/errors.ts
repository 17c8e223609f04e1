import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { NoSuchAddress } from './address.ts'
import { BadPaging } from './paging.ts'
import { Refused } from '../rules/rule-violation.ts'
import { sendError, sendNotFound, uncached } from './replies.ts'

/** Answers what the routes throw, in the shapes that clients of the article API know. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refused) {
    const { status, code, message, comment } = error
    return uncached(reply).code(status).send({ status: 'invalid', title: 'refused', code, message, comment })
  }
  if (error instanceof NoSuchAddress) return sendNotFound(reply)
  if (error instanceof BadPaging) return sendError(reply, 400, { title: 'bad request', detail: error.message })
  const status = error.statusCode ?? 500
  if (status < 500) return sendError(reply, status, { title: 'bad request', detail: error.message })
  request.log.error({ err: error }, 'the request failed')
  return sendError(reply, status, { title: 'internal error' })
}

/** Answers a method that an address does not know. */
export function answerNotAllowed(allowed: string) {
  return async (_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendError(reply.header('allow', allowed), 405, { title: 'method not allowed', detail: `allowed: ${allowed}` })
}
