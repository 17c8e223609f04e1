import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { UserError } from '../errors/user-error.ts'

/** A service and the credential for it. */
export interface Service {
  name: string
  url: string
  authorization: string
}

const timeoutMilliseconds = 30_000

/**
 * Calls a service with JSON.
 *
 * @throws UserError where it does not answer, or refuses
 */
export async function callService<Schema extends TSchema>(
  schema: Schema,
  { name, url, authorization }: Service,
  call: { method: 'GET' | 'PUT' | 'DELETE'; path: string; body?: object },
): Promise<Static<Schema>> {
  const { method, path, body } = call
  const response = await fetch(url + path, {
    method,
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMilliseconds),
  }).catch((error: unknown) => {
    throw new UserError(
      `${name} at ${url} does not answer (${String(error)}). Say the same command again when it does.`,
    )
  })
  const text = await response.text()
  const value = parse(text)
  if (response.ok && Value.Check(schema, value)) return value
  const said: unknown = Reflect.get(Object(value), 'message') ?? Reflect.get(Object(value), 'detail')
  throw new UserError(`${name} answered ${response.status}: ${typeof said === 'string' ? said : text.slice(0, 200)}`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
