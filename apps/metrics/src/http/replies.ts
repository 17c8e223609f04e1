import type { FastifyReply } from 'fastify'
import { problemReply, sendProblem as sendProblemDetails } from '@continuum/service'

/** Public answers may be cached for five minutes; errors are not. */
export const cachedForMinutes = 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400'

export const notFoundReply = problemReply('No such article is published.')
export const notAcceptableReply = problemReply('No supported media type is acceptable.')
export const badRequestReply = problemReply('A parameter is invalid.')
export const failureReply = problemReply('The service, or the article store, failed.')

/**
 * Tells if a client takes a media type: with its version or without one, plain JSON, or anything.
 *
 * @param type `application/vnd.elife.metric-citations+json; version=1`
 */
export function accepts(accept: string | undefined, type: string): boolean {
  const [name = '', version = ''] = type.split(/;\s*/)
  return (accept?.trim() || '*/*').split(',').some((range) => {
    const [asked, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (asked === '*/*' || asked === 'application/*' || asked === 'application/json') return true
    const other = parameters.find((parameter) => parameter.startsWith('version='))
    return asked === name && (other === undefined || other.replaceAll('"', '') === version)
  })
}

/** Sends JSON under a media type; as bytes, for Fastify rewrites the parameters of the type of a text. */
export function sendJson(reply: FastifyReply, type: string, value: unknown): FastifyReply {
  return reply
    .header('cache-control', cachedForMinutes)
    .header('vary', 'Accept')
    .header('content-type', type)
    .send(Buffer.from(JSON.stringify(value)))
}

/** Sends problem details, which no cache keeps. */
export function sendProblem(reply: FastifyReply, status: number, title: string, detail?: string): FastifyReply {
  reply.header('cache-control', 'no-store').header('vary', 'Accept')
  return sendProblemDetails(reply, { title, status, ...(detail !== undefined && { detail }) })
}
