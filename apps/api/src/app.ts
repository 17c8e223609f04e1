import { readFile } from 'node:fs/promises'
import cors from '@fastify/cors'
import httpProxy from '@fastify/http-proxy'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { createApp, request, type App, type Logger, type ServiceHealth } from '@continuum/service'
import { gatewayHeaders, publicPaths } from './upstreams.ts'

const answerMilliseconds = 10_000

/** The documentation page runs its own scripts and asks this origin only. */
const documentationPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/**
 * Creates the public front of the API: one host for articles, search, subjects and metrics. It reads only, lets scripts of all sites
 * read, limits the requests of an address, and takes away what only a gateway may say.
 *
 * @param options.upstreams the address of each service, without a slash at the end
 */
export async function createApi(options: {
  upstreams: Record<'lax' | 'metrics', string>
  requestsAMinute: number
  logger: Logger
  health?: ServiceHealth
  trustedProxies?: readonly string[] | undefined
}): Promise<App> {
  const { upstreams, requestsAMinute, logger, health, trustedProxies } = options
  const ping = (service: 'lax' | 'metrics') => async () => {
    const url = `${upstreams[service]}/ping`
    await request({
      service: service === 'lax' ? 'the article store' : 'the usage counter',
      url,
      timeoutMilliseconds: 2000,
    })
  }
  const checks = { 'article store': ping('lax'), metrics: ping('metrics') }
  const app = await createApp({ name: 'api', logger, health, trustedProxies, checks })
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'OPTIONS'],
    exposedHeaders: [
      'ETag',
      'Retry-After',
      'Warning',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
    ],
    maxAge: 86_400,
  })
  app.addHook('onSend', async (_request, reply) => void reply.header('cross-origin-resource-policy', 'cross-origin'))
  await app.register(async (routes: App) => addDocumentation(routes))
  await app.register(async (routes: App) => {
    await routes.register(rateLimit, {
      max: requestsAMinute,
      timeWindow: '1 minute',
      errorResponseBuilder: (_request, { after }) => ({
        statusCode: 429,
        name: 'TooManyRequestsError',
        message: `This address has asked ${requestsAMinute} times within a minute; ask again in ${after}.`,
      }),
    })
    for (const { prefix, service, there } of publicPaths) {
      await routes.register(httpProxy, {
        upstream: upstreams[service],
        prefix,
        rewritePrefix: there,
        httpMethods: ['GET', 'HEAD'],
        undici: { headersTimeout: answerMilliseconds, bodyTimeout: answerMilliseconds },
        replyOptions: {
          rewriteRequestHeaders: (_request, headers) =>
            Object.fromEntries(Object.entries(headers).filter(([name]) => !gatewayHeaders.test(name))),
          rewriteHeaders: (headers) => publicHeaders(headers),
        },
      })
    }
  })
  return app
}

/** Leaves out what a service says to its gateway alone. */
function publicHeaders<Headers extends object>(headers: Headers): Headers {
  for (const name of Object.keys(headers)) {
    // Who may read from where is this front's to say.
    if (gatewayHeaders.test(name) || name.startsWith('access-control-')) Reflect.deleteProperty(headers, name)
  }
  return headers
}

async function addDocumentation(routes: App): Promise<void> {
  const text = await readFile(new URL('../openapi.json', import.meta.url), 'utf8')
  const document: object = JSON.parse(text)
  await routes.register(swagger, { mode: 'static', specification: { document: Object(document) } })
  await routes.register(swaggerUi, {
    routePrefix: '/documentation',
    staticCSP: documentationPolicy,
    theme: { title: 'Public API' },
    uiConfig: { layout: 'BaseLayout', deepLinking: true },
  })
  const schema = { hide: true }
  routes.get('/', { schema }, (_, reply) => reply.redirect('/documentation', 302))
  routes.get('/openapi.json', { schema }, (_, reply) =>
    reply.header('cache-control', 'public, max-age=300').type('application/json; charset=utf-8').send(text),
  )
}
