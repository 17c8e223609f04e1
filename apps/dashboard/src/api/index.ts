import { STATUS_CODES } from 'node:http'
import { statusOf, type App } from '@continuum/service'
import type { FastifyError, FastifySchemaValidationError } from 'fastify'
import type { WebContext } from '../http/context.ts'
import type { Changes } from '../live/changes.ts'
import { activityRoute } from './activity-route.ts'
import { feedRoute } from './feed-route.ts'
import { processesRoute } from './processes-route.ts'
import { publicationRoutes } from './publication-routes.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import { withdrawalApiRoutes } from './withdrawal-routes.ts'

/** Thrown for an invalid request: 400. */
class BadRequestError extends Error {
  override readonly name = 'BadRequestError'
  readonly statusCode = 400
}

/**
 * Registers the JSON API under `/api`, with the contract of the original system: bodies are parsed as JSON whatever their
 * content type, and errors are `{message, detail}`.
 */
export function api(app: App, context: WebContext, changes: Changes): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, JSON.parse(String(body)))
    } catch (error) {
      done(new BadRequestError(`Request data not json: ${error instanceof Error ? error.message : ''}`))
    }
  })
  app.setSchemaErrorFormatter(badRequest)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) request.log.error({ err: error }, 'an API call failed')
    const message = status === 400 ? 'Problem with request data' : (STATUS_CODES[status] ?? 'Error')
    const unavailable = 'The database is unavailable. Try again in a few seconds.'
    const detail =
      status < 500
        ? error.message
        : status === 503
          ? unavailable
          : 'Unexpected error. The log of the dashboard has the details.'
    return reply.code(status).send({ message, detail })
  })
  publicationRoutes(app, context)
  scheduleRoutes(app, context)
  feedRoute(app, context, changes)
  activityRoute(app, context)
  withdrawalApiRoutes(app, context)
  processesRoute(app, context)
}

function badRequest([first]: FastifySchemaValidationError[], part: string): Error {
  const { instancePath = '', keyword = '', message = 'is invalid' } = first ?? {}
  const notAnObject = part === 'body' && instancePath === '' && keyword === 'type'
  return new BadRequestError(
    notAnObject ? 'Request data not a json dictionary' : `${part}${instancePath.replaceAll('/', '.')} ${message}`,
  )
}
