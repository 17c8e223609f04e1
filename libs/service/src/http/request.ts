import { parseJson } from '../settings/parse-json.ts'
import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

/** Thrown when a service does not answer in time. A later request may succeed. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/** The answer of a service, whatever its status. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/**
 * Sends one request to a service; retries are up to the caller. Redirects are errors.
 *
 * @param options.service the name of the service in messages: `lax`, `the site`
 * @param options.json the body, sent as JSON
 * @throws NoAnswerError without an answer within the timeout; the reason of `signal` when it aborts
 */
export async function request(options: {
  service: string
  url: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  json?: unknown
  timeoutMilliseconds: number
  signal?: AbortSignal | undefined
}): Promise<HttpAnswer> {
  const { service, url, method = 'GET', headers, json, timeoutMilliseconds, signal } = options
  const timeout = AbortSignal.timeout(timeoutMilliseconds)
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: 'error',
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new NoAnswerError(`${service} at ${new URL(url).origin} does not answer (${rootOf(cause)}).`, { cause })
  }
}

/** Parses the body of an answer; undefined where it is not JSON of the schema's shape. */
export function readAnswer<Schema extends TSchema>(
  schema: Schema,
  { text }: Pick<HttpAnswer, 'text'>,
): Static<Schema> | undefined {
  const value = parseJson(text)
  return fits(schema, value) ? value : undefined
}

const compiled = new WeakMap<TSchema, Validator>()

/** Checks with a schema that is compiled once: some answers come many times a second. */
function fits<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  let validator = compiled.get(schema)
  if (validator === undefined) compiled.set(schema, (validator = Compile(schema)))
  return validator.Check(value)
}

/** `fetch` says "fetch failed"; the reason is in its cause. */
function rootOf(error: unknown, above: readonly unknown[] = []): string {
  // Causes may go round.
  if (error instanceof Error && error.cause instanceof Error && !above.includes(error.cause))
    return rootOf(error.cause, [...above, error])
  return error instanceof Error ? error.message || error.name : String(error)
}
