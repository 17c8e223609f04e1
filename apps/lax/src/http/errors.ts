import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { PagingError, pagingError } from './paging.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { sendError, sendNotFound } from './replies.ts'

/** Thrown when an address names no article or version that could exist; answered like an unknown one. */
class UnknownAddressError extends Error {
  override readonly name = 'UnknownAddressError'
}

/**
 * Returns the error for a request that contradicts the schema of its route, in the words that clients of the article
 * API know.
 *
 * @param body the message where the body is wrong
 */
export function schemaError(body: string) {
  return ([first]: FastifySchemaValidationError[], part: string): Error => {
    const { instancePath = '', keyword = '' } = first ?? {}
    if (part === 'params') return new UnknownAddressError()
    if (part === 'body') return new RuleViolationError('bad-request', body)
    const parameter = instancePath.slice(1)
    return ['force', 'hold', 'publish', 'dry-run'].includes(parameter)
      ? new RuleViolationError('bad-request', `'${parameter}' must be true or false`)
      : pagingError(parameter, keyword)
  }
}

/** Answers an error of a route in the shape that clients of the article API know. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof RuleViolationError) {
    const { status, code, message, comment } = error
    return sendError(reply, status, { status: 'invalid', title: 'refused', code, message, comment })
  }
  if (error instanceof UnknownAddressError) return sendNotFound(reply)
  if (error instanceof PagingError) return sendError(reply, 400, { title: 'bad request', detail: error.message })
  const status = error.statusCode ?? 500
  if (status < 500) return sendError(reply, status, { title: 'bad request', detail: error.message })
  request.log.error({ err: error }, 'request failed')
  return sendError(reply, status, { title: 'internal error' })
}

/** Returns a handler for the methods that an address does not support. */
export function answerNotAllowed(allowed: string) {
  return async (_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendError(reply.header('allow', allowed), 405, { title: 'method not allowed', detail: `allowed: ${allowed}` })
}
