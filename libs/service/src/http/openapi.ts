import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastifyPlugin from 'fastify-plugin'

/** The contract of a service as a whole; each route describes itself in its schema. */
export interface ApiDescription {
  title: string
  description: string
  /** Of the contract, not of the program. */
  version: string
  /** The ways to authenticate, by the name that routes use in `security`. */
  securitySchemes?: Record<string, SecurityScheme>
  /** The groups of the documentation page, in order. */
  tags?: { name: string; description: string }[]
}

type SecurityScheme =
  | { type: 'http'; scheme: 'basic' | 'bearer'; description: string }
  | { type: 'apiKey'; in: 'cookie' | 'header' | 'query'; name: string; description: string }

/** The documentation page runs its own scripts and asks this origin only. */
const documentationPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/**
 * Fastify plugin that serves the contract of an application: `GET /openapi.json`, and a page to read it at `/docs` that loads nothing from
 * elsewhere. Only routes that are added later are in it; one with `hide: true` in its schema is left out.
 */
export const documentation = fastifyPlugin<ApiDescription>(async (app, api) => {
  const { title, description, version, securitySchemes = {}, tags = [] } = api
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/' }],
      components: { securitySchemes },
      tags,
    },
    refResolver: { buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `schema-${index}`) },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: documentationPolicy,
    theme: { title },
    uiConfig: { layout: 'BaseLayout', deepLinking: true },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
})
