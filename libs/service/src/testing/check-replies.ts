import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Checks every reply of an application against the response schema of its route, and adds what contradicts it to `violations`: a status,
 * a media type or a field that is not declared, or a body of another shape. A schema with `additionalProperties: true` allows fields that
 * it does not name. Routes with `hide: true` in their schema are not checked.
 */
export function addReplyCheck(app: FastifyInstance, violations: Set<string>): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const problem = request.is404 ? undefined : findViolation(request, reply, payload)
    if (problem) violations.add(`${request.method} ${request.routeOptions.url}: ${problem}`)
    return payload
  })
}

function findViolation(request: FastifyRequest, reply: FastifyReply, payload: unknown): string | undefined {
  const { schema } = request.routeOptions
  if (schema && Reflect.get(schema, 'hide') === true) return undefined
  const responses = Object(schema?.response)
  const { statusCode } = reply
  const range = `${String(statusCode)[0]}xx`
  const declared: unknown = responses[statusCode] ?? responses[range] ?? responses[range.toUpperCase()]
  if (declared === undefined) {
    return `answered ${statusCode}, but declares ${Object.keys(responses).join(', ') || 'no response'}`
  }
  if (request.method === 'HEAD') return undefined
  const problem = findBodyViolation(declared, String(reply.getHeader('content-type') ?? ''), payload)
  return problem && `answered ${statusCode} ${problem}`
}

function findBodyViolation(declared: unknown, contentType: string, payload: unknown): string | undefined {
  const content = Object(declared).content ?? (isEmpty(declared) ? {} : { 'application/json': { schema: declared } })
  const types = Object.keys(content)
  if (types.length === 0 || payload === null || payload === undefined || payload === '') {
    const expected = types.length === 0
    const absent = payload === null || payload === undefined || payload === ''
    return expected === absent
      ? undefined
      : `with ${absent ? 'no' : 'a'} body, but declares ${types.join(', ') || 'none'}`
  }
  const type = types.find((each) => each === '*/*' || parameters(each).isSubsetOf(parameters(contentType)))
  if (type === undefined) return `as ${contentType || 'no media type'}, but declares ${types.join(', ')}`
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return undefined
  const text = payload.toString()
  return findShapeViolation(content[type].schema, /[/+]json\b/.test(type) ? JSON.parse(text) : text)
}

function isEmpty(schema: unknown): boolean {
  return Object(schema).type === 'null'
}

/** A media type as its name and parameters, whatever their order and letter case. */
function parameters(mediaType: string): Set<string> {
  return new Set(mediaType.toLowerCase().split(/\s*;\s*/))
}

function findShapeViolation(schema: TSchema, body: unknown): string | undefined {
  const [error] = Value.Errors(schema, body)
  if (error) return `with a body whose ${error.instancePath || 'whole'} ${error.message}`
  const undeclared = findUndeclared(Value.Clean(schema, structuredClone(body)), body)
  return undeclared && `with ${undeclared}, which the schema does not declare`
}

/** The path of the first field that cleaning took away. */
function findUndeclared(cleaned: unknown, body: unknown, path = ''): string | undefined {
  if (isDeepStrictEqual(cleaned, body)) return undefined
  for (const [key, value] of Object.entries(Object(body))) {
    const here = `${path}/${key}`
    if (!Object.hasOwn(Object(cleaned), key)) return here
    const below = findUndeclared(Reflect.get(Object(cleaned), key), value, here)
    if (below) return below
  }
  return path || '/'
}
