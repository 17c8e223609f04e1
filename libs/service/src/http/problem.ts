import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseUnavailable } from '../database/unavailable.ts'
import { Type, type Static } from 'typebox'

/** The body of every error reply: problem details (RFC 9457). */
export const ProblemDetails = Type.Object(
  { title: Type.String(), detail: Type.Optional(Type.String()), status: Type.Integer() },
  { $id: 'ProblemDetails', description: 'Problem details (RFC 9457).' },
)
export type ProblemDetails = Static<typeof ProblemDetails>

/** Declares an error reply of a route: `response: { 404: problemReply('No article has this number.') }`. */
export function problemReply(description: string) {
  return { description, content: { 'application/problem+json': { schema: ProblemDetails } } }
}

/** Returns the status of the answer to an error: 503 while the database is unavailable, so that clients and proxies try again. */
export function statusOf(error: { readonly statusCode?: number | undefined }): number {
  return isDatabaseUnavailable(error) ? 503 : (error.statusCode ?? 500)
}

/** Answers an error: a client error with its message; a server error is logged, and the reply does not repeat it. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = statusOf(error)
  if (status >= 500) {
    request.log.error({ err: error, method: request.method, path: pathOf(request) }, 'request failed')
    const detail = isDatabaseUnavailable(error) ? 'The database is unavailable. Try again in a few seconds.' : undefined
    return sendProblem(reply, { title: STATUS_CODES[status] ?? 'Error', ...(detail && { detail }), status })
  }
  return sendProblem(reply, { title: STATUS_CODES[status] ?? 'Error', detail: error.message, status })
}

/** Answers a request that no route takes. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(reply, {
    title: 'Not Found',
    detail: `${request.method} ${pathOf(request)} does not exist`,
    status: 404,
  })
}

/** Answers with problem details, under their media type. */
export function sendProblem(reply: FastifyReply, problem: ProblemDetails): FastifyReply {
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem)
}

/** The path without the query, which may carry a preview or sign-in token: those belong in no log and no reply. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? request.url
}

/** Declares a reply without a body, such as 204 or 304. */
export function emptyReply(description: string) {
  return Type.Unsafe<undefined>({ type: 'null', description })
}
