import { PermanentFailure } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** Thrown when a service does not answer, or says that it cannot just now. Trying again may help. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable'
  /** Seconds after which the service asked to be tried again. */
  readonly retryAfter?: number

  constructor(message: string, options: ErrorOptions & { retryAfter?: number } = {}) {
    super(message, options)
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter
  }
}

/** Thrown when a service has no room for a request just now (429), which is no failure of it. */
export class ServiceBusy extends ServiceUnavailable {}

/** Thrown when a service refuses what it was sent. The same again would be refused again. */
export class RequestRefused extends PermanentFailure {}

export interface HttpRequest {
  /** The service's name in messages: `lax`, `the site`. */
  readonly service: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  readonly retryAfter: number | undefined
  readonly text: string
}

/** Longer than the minute after which web servers cut a request: then the server's own answer is what is seen. */
const timeoutMilliseconds = 90_000

/**
 * One request, once: trying again is the business of the activity's retry policy.
 * @throws {ServiceUnavailable} when there is no answer within 90 s
 */
export async function request({ service, method, url, headers, json, signal }: HttpRequest): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)]),
      redirect: 'error',
    })
    return {
      status: response.status,
      retryAfter: seconds(response.headers.get('retry-after')),
      text: await response.text(),
    }
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new ServiceUnavailable(`${service} at ${new URL(url).origin} does not answer (${rootOf(cause)}).`, { cause })
  }
}

/**
 * What an answer other than success means: 429 says that it is busy, 408 and 5xx pass, the rest is a refusal.
 * @param reason what the service said, where it can be told
 */
export function failureOf(service: string, { status, retryAfter, text }: HttpAnswer, reason = text): Error {
  const said = `${service} answered ${status}: ${reason.trim().slice(0, 1_000) || 'nothing'}`
  if (status !== 408 && status !== 429 && status < 500) return new RequestRefused(said)
  const hint = retryAfter === undefined ? {} : { retryAfter }
  return status === 429 ? new ServiceBusy(`${service} is busy (429).`, hint) : new ServiceUnavailable(said, hint)
}

/**
 * What an answer says, as JSON of the schema's shape.
 * @throws {RequestRefused} when it says something else, which it would say again
 */
export function readAnswer<Schema extends TSchema>(
  schema: Schema,
  service: string,
  answer: HttpAnswer,
): Static<Schema> {
  const value = parseJson(answer.text)
  if (Value.Check(schema, value)) return value
  throw new RequestRefused(`${service} gave an answer that is not understood: ${answer.text.slice(0, 200)}`)
}

/** Undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const longestRetryAfter = 600

/** The header says seconds, or a date. A service that asks for more than ten minutes is asked again after ten. */
function seconds(header: string | null): number | undefined {
  if (header === null) return undefined
  const given = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1_000)
  return Number.isNaN(given) ? undefined : Math.min(Math.max(given, 0), longestRetryAfter)
}

/** fetch says "fetch failed"; why is in its cause. */
function rootOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error) return rootOf(error.cause)
  return error instanceof Error ? error.message || error.name : String(error)
}
