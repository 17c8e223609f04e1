import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema, onRequestHookHandler } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

/** The contract of a service as a whole; each route describes itself in its schema. */
export interface ApiDescription {
  title: string
  description: string
  /** Of the contract, not of the program. */
  version: string
  /** The ways to authenticate, by the name that routes use in `security`. */
  securitySchemes?: Record<string, SecurityScheme>
  /** Runs before the contract and its page are sent, and may deny the request. */
  guard?: onRequestHookHandler
  /** The groups of the documentation page, in order. */
  tags?: readonly { name: string; description: string }[]
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
 * Fastify plugin that serves the contract of an application: `GET /openapi.json`, and a page to read it at `/docs` that
 * loads nothing from elsewhere. Only routes that are added later are in it; one with `hide: true` in its schema is left
 * out. A schema with an `$id` is described once, under that name.
 */
export const documentation = fastifyPlugin<ApiDescription>(async (app, api) => {
  const { title, description, version, securitySchemes = {}, tags = [], guard } = api
  const schemas: Record<string, object> = {}
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/' }],
      components: { securitySchemes },
      tags: [...tags],
    },
    convertConstToEnum: false,
    transform: ({ schema, url }) => ({
      schema: Object(extractNamed(nameWildcard(schema), schemas)),
      url: url.replace('*', ':path'),
    }),
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject
      const { openapiObject } = document
      Object.assign(Object(openapiObject.components), { schemas })
      return openapiObject
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: documentationPolicy,
    theme: { title },
    ...(guard && { uiHooks: { onRequest: guard } }),
    uiConfig: { layout: 'BaseLayout', deepLinking: true },
  })
  app.get('/openapi.json', { schema: { hide: true }, ...(guard && { onRequest: guard }) }, async () => app.swagger())
})

/** Moves schemas with an `$id` to `named`, and leaves references to them. */
function extractNamed(value: unknown, named: Record<string, object>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => extractNamed(item, named))
  if (typeof value !== 'object' || value === null) return value
  const { $id, ...rest }: { $id?: unknown } = value
  const schema = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, extractNamed(each, named)]))
  if (typeof $id !== 'string') return schema
  named[$id] = schema
  return { $ref: `#/components/schemas/${$id}` }
}

/** OpenAPI has no wildcard in paths: the parameter `*` becomes `path`. */
function nameWildcard(schema: FastifySchema): FastifySchema {
  const params: unknown = schema?.params
  const { '*': wildcard, ...others }: Record<string, unknown> = Object(Object(params).properties)
  if (wildcard === undefined) return schema
  const properties = { ...others, path: wildcard }
  return { ...schema, params: { type: 'object', required: Object.keys(properties), properties } }
}
