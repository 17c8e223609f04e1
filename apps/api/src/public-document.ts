import { publicPaths, type PublicPath } from './upstreams.ts'

/** An OpenAPI document, as far as it is put together here. */
export interface OpenApiDocument {
  openapi: string
  info: object
  paths: Record<string, Record<string, { tags?: string[]; [key: string]: unknown }>>
  components?: { schemas?: Record<string, unknown>; [key: string]: unknown }
  tags?: { name: string; description?: string }[]
  [key: string]: unknown
}

const methods = ['get', 'head']

/**
 * Makes the contract of the public API of the contracts of its services: their public routes under their public addresses.
 * Schemas of one name in two services are told apart by the service.
 */
export function publicDocument(documents: Readonly<Record<PublicPath['service'], OpenApiDocument>>): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {}
  const schemas: Record<string, unknown> = {}
  const used = new Set<string>()
  for (const { prefix, service, there } of publicPaths) {
    const { paths: of, components } = documents[service]
    const renamed = (value: unknown) => rename(value, service)
    for (const [name, schema] of Object.entries(components?.schemas ?? {}))
      schemas[`${service}.${name}`] = renamed(schema)
    for (const [path, item] of Object.entries(of)) {
      if (path !== there && !path.startsWith(`${there}/`)) continue
      // A former address is described once.
      if (prefix.startsWith('/proxy/')) continue
      const read = Object.entries(item).filter(([method]) => methods.includes(method))
      if (read.length === 0) continue
      paths[prefix + path.slice(there.length)] = Object.fromEntries(
        read.map(([method, operation]) => [method, { ...Object(renamed(operation)), security: [] }]),
      )
      for (const [, { tags = [] }] of read) for (const tag of tags) used.add(tag)
    }
  }
  const tags = Object.values(documents).flatMap((document) => document.tags ?? [])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Public API',
      version: '2.0.0',
      description:
        'Articles, search, subjects and metrics of this publisher on one host. Everybody may read, also from scripts of other sites. Each address may ask a number of times a minute; the answer 429 says in `Retry-After` when to ask again.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: tags.filter(({ name }) => used.has(name)),
    paths,
    components: { schemas: reachable(schemas, paths) },
  }
}

function rename(value: unknown, service: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => rename(item, service))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? part.replace('#/components/schemas/', `#/components/schemas/${service}.`)
        : rename(part, service),
    ]),
  )
}

/** The schemas that the paths, or other such schemas, refer to. */
function reachable(schemas: Record<string, unknown>, paths: unknown): Record<string, unknown> {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (found.has(name)) continue
      found.add(name)
      look(schemas[name] ?? {})
    }
  }
  look(paths)
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)))
}
