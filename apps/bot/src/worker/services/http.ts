import { PermanentFailure } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** Thrown when a service does not answer, or says that it cannot answer now. A retry may help. */
export class ServiceUnavailableFailure extends Error {
  override readonly name = 'ServiceUnavailableFailure'
  /** Seconds after which the service asked to be tried again. */
  readonly retryAfter?: number

  constructor(message: string, options: ErrorOptions & { retryAfter?: number } = {}) {
    super(message, options)
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter
  }
}

/** Thrown when a service is busy (429), which uses up no attempt. */
export class ServiceBusyFailure extends ServiceUnavailableFailure {}

/** Thrown when a service refuses a request. The same request would be refused again. */
export class RequestRefusedFailure extends PermanentFailure {}

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

/** Longer than the minute after which web servers cut a request, so that the server's own answer is seen. */
const timeoutMilliseconds = 90_000

/**
 * Sends one request, once. Retries are left to the activity's retry policy.
 * @throws {ServiceUnavailableFailure} when there is no answer within 90 s
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
    throw new ServiceUnavailableFailure(`${service} at ${new URL(url).origin} does not answer (${rootOf(cause)}).`, {
      cause,
    })
  }
}

/**
 * Makes the failure of an answer other than success: 429 is busy, 408 and 5xx are temporary, the rest are refusals.
 * @param reason the service's own message, where the answer has one
 */
export function failureOf(service: string, { status, retryAfter, text }: HttpAnswer, reason = text): Error {
  const said = `${service} answered ${status}: ${reason.trim().slice(0, 1_000) || 'no reason given'}`
  if (status !== 408 && status !== 429 && status < 500) return new RequestRefusedFailure(said)
  const hint = retryAfter === undefined ? {} : { retryAfter }
  return status === 429
    ? new ServiceBusyFailure(`${service} is busy (429).`, hint)
    : new ServiceUnavailableFailure(said, hint)
}

/**
 * Reads the JSON of an answer.
 * @throws {RequestRefusedFailure} when it does not have the schema's shape; it would not have it the next time either
 */
export function readAnswer<Schema extends TSchema>(
  schema: Schema,
  service: string,
  answer: HttpAnswer,
): Static<Schema> {
  const value = parseJson(answer.text)
  if (Value.Check(schema, value)) return value
  throw new RequestRefusedFailure(`${service} sent an unexpected answer: ${answer.text.slice(0, 200)}`)
}

/** Parses JSON; undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const maxRetryAfter = 600

/** Reads the header, which is in seconds or a date. A service that asks for more than ten minutes is tried again after ten. */
function seconds(header: string | null): number | undefined {
  if (header === null) return undefined
  const given = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1_000)
  return Number.isNaN(given) ? undefined : Math.min(Math.max(given, 0), maxRetryAfter)
}

/** Finds the reason of "fetch failed", which is in its cause. */
function rootOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error) return rootOf(error.cause)
  return error instanceof Error ? error.message || error.name : String(error)
}
