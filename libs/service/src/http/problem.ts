import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/** The body of every refusal and failure: problem details (RFC 9457). */
export interface Problem {
  title: string
  detail?: string
  status: number
}

/**
 * The one error handler: what the caller did wrong is told to the caller, what went wrong here is told to the log.
 */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  if (status >= 500) {
    request.log.error({ err: error, method: request.method, path: pathOf(request) }, 'the request failed')
    return sendProblem(reply, { title: STATUS_CODES[status] ?? 'Error', status })
  }
  return sendProblem(reply, { title: STATUS_CODES[status] ?? 'Error', detail: error.message, status })
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    title: 'Not Found',
    detail: `${request.method} ${pathOf(request)} is not here`,
    status: 404,
  })
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem)
}

/** The path alone: a query may carry a preview or sign-in token, which belongs in no log and no answer. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url
}
