import helmet from '@fastify/helmet'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify, LogController } from 'fastify'
import { Type } from 'typebox'
import type { Logger } from '../process/log.ts'
import { limitBodyTime, limitConnections, timeouts, type ConnectionLimits } from './connections.ts'
import { documentation, type ApiDescription } from './openapi.ts'
import { answerError, answerNotFound, pathOf } from './problem.ts'
import { createServiceHealth, type ServiceHealth } from '../health/service-health.ts'
import { Status, takeStatus, type Checks } from '../health/status.ts'
import { trustedBy } from './proxies.ts'
import { requestCounter } from './request-metrics.ts'
import { compileValidator } from './validation.ts'

const retryAfterSeconds = 5
const bodyLimit = 5 * 1024 * 1024

/** The directives of a Content Security Policy, as helmet takes them. */
export type ContentSecurityPolicy = Record<string, readonly string[]>

const strictPolicy: ContentSecurityPolicy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

const pingSchema = {
  operationId: 'ping',
  summary: 'Check that the process runs',
  tags: ['health'],
  security: [],
  response: {
    200: { description: 'It runs.', content: { 'text/plain': { schema: Type.Literal('pong') } } },
  },
}
const statusSchema = {
  operationId: 'status',
  summary: 'Check what the process depends on',
  tags: ['health'],
  security: [],
  response: {
    200: { description: 'All checks pass.', content: { 'application/json': { schema: Status } } },
    503: { description: 'A check fails.', content: { 'application/json': { schema: Status } } },
  },
}

export type App = ReturnType<typeof createServer>

/**
 * Creates the HTTP application of a service: TypeBox schemas, security headers, problem details, a body limit of 5 MB,
 * `GET /ping` (the process runs) and `GET /status` (its dependencies answer; 503 if one does not). `serve` listens.
 *
 * @param options.checks the checks of `/status`, by name
 * @param options.health of the service: `/status` tells its checks and pollers too, and its requests are counted there
 * @param options.trustedProxies addresses whose `x-forwarded-*` headers are trusted; none by default
 * @param options.behindCdn true if a CDN is before the trusted proxies, which take requests of it alone
 * @param options.contentSecurityPolicy directives that replace defaults; the default is this origin only, no inline code
 * @param options.connections limits of connections per address and in all; a process has file descriptors for no more
 * @param options.prepare registers what runs before every route that is added later, those of `api` included
 * @param options.api describes the service at `/openapi.json` and `/docs`
 */
export async function createApp(options: {
  name: string
  logger: Logger
  checks?: Checks
  health?: ServiceHealth | undefined
  trustedProxies?: readonly string[] | undefined
  behindCdn?: boolean | undefined
  contentSecurityPolicy?: ContentSecurityPolicy
  api?: ApiDescription
  connections?: ConnectionLimits
  prepare?: (app: App) => Promise<void>
}): Promise<App> {
  const { name, logger, checks = {}, trustedProxies, contentSecurityPolicy, api, prepare } = options
  const health = options.health ?? createServiceHealth(name)
  health.addChecks(checks)
  const startedAt = Temporal.Now.instant()
  const app = createServer(logger, trustedProxies, options.behindCdn)
  limitConnections(app.server, options.connections, trustedProxies)
  app.addHook('onRequest', async ({ raw }) => limitBodyTime(raw))
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  const directives = Object.entries({ ...strictPolicy, ...contentSecurityPolicy }).map(([key, of]) => [key, [...of]])
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: Object.fromEntries(directives) },
  })
  // Whatever is unavailable is looked for again in a few seconds.
  app.addHook('onSend', async (_, reply) => {
    if (reply.statusCode === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfterSeconds)
  })
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.logLevel === 'silent') return
    const { statusCode, elapsedTime } = reply
    request.log.info(
      { method: request.method, path: pathOf(request), status: statusCode, ms: Math.round(elapsedTime) },
      'request',
    )
  })
  app.addHook('onResponse', requestCounter(health.registry))
  await prepare?.(app)
  if (api) await app.register(documentation, api)
  app.get('/ping', { logLevel: 'silent', schema: pingSchema }, async (_, reply) =>
    reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('pong'),
  )
  app.get('/status', { logLevel: 'silent', schema: statusSchema }, async (_, reply) => {
    const status = await takeStatus(health, startedAt, logger)
    return reply
      .header('cache-control', 'no-store')
      .code(status.status === 'ok' ? 200 : 503)
      .send(status)
  })
  return app
}

/** Creates the server below an application: its limits of time and size, and TypeBox's validation. */
export function createServer(logger: Logger, trustedProxies: readonly string[] | undefined, behindCdn = false) {
  return (
    fastify({
      loggerInstance: logger,
      logController: new LogController({ disableRequestLogging: true }),
      bodyLimit,
      // `limitBodyTime` limits them, with exceptions.
      requestTimeout: 0,
      keepAliveTimeout: timeouts.idle,
      http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: timeouts.check },
      trustProxy: trustedProxies ? trustedBy(trustedProxies, { behindCdn }) : false,
    })
      .withTypeProvider<TypeBoxTypeProvider>()
      .setValidatorCompiler(compileValidator)
      // Replies are sent as they are: response schemas document them and type the handlers, and tests check them.
      .setSerializerCompiler(() => (value) => JSON.stringify(value))
  )
}
