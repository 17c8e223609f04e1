import { isDatabaseUnavailable } from '@continuum/service'
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { PagingError, pagingError } from './paging.ts'
import { RuleViolationError } from '../rules/rule-violation.ts'
import { sendError, sendNotFound, setUncached } from './replies.ts'

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
    const { status, code, message, comment, problems, until } = error
    const wrong = problems.length > 0 && { problems: problems.slice(0, maxProblems) }
    return sendError(reply, status, {
      title: 'refused',
      status: 'invalid',
      code,
      message,
      comment,
      ...wrong,
      ...(until !== undefined && { until }),
      ...echo(request),
    })
  }
  if (error instanceof UnknownAddressError) return sendNotFound(reply)
  if (error instanceof PagingError) return sendError(reply, 400, { title: 'bad request', detail: error.message })
  const down = isDatabaseUnavailable(error)
  const status = down ? 503 : (error.statusCode ?? 500)
  if (status < 500) return sendError(reply, status, { title: 'bad request', detail: error.message })
  const { method, url } = request
  request.log.error({ err: error, method, path: url.split('?', 1)[0] }, 'request failed')
  if (down) reply.header('retry-after', '5')
  const title = down ? 'unavailable' : 'internal error'
  if (request.method !== 'PUT' && request.method !== 'POST') return sendError(reply, status, { title })
  const message = down
    ? 'the database is down: try again, which is harmless where it was done already'
    : 'the store failed; nothing was changed'
  return sendError(reply, status, { title, status: 'error', code: 'unknown', message, ...echo(request) })
}

const maxProblems = 50

/** The parts of a refusal that repeat the request, for clients that look at the answer alone. */
function echo({ query }: FastifyRequest) {
  const asked = (flag: string) => String(Object(query)[flag]) === 'true'
  return { trace: null, 'dry-run': asked('dry-run'), force: asked('force') }
}

/**
 * Returns a handler for the methods that an address does not support.
 *
 * @param options.empty say it in the header alone
 */
export function answerNotAllowed(allowed: string, { empty = false } = {}) {
  return async (_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.header('allow', allowed)
    if (empty) return setUncached(reply).code(405).send('')
    return sendError(reply, 405, { title: 'method not allowed', detail: `allowed: ${allowed}` })
  }
}

/** Answers a write without the token, before its body is read. */
export async function refuseAnonymous(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.mayWrite) return undefined
  const detail = 'only authenticated users can modify content'
  return sendError(reply, 403, { title: 'not authenticated', detail })
}
