import { NoAnswerError, readAnswer, request, type HttpAnswer } from '@continuum/service'
import { PermanentFailure } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'

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

/** An answer, with the seconds after which the service asks to be tried again. */
export interface ServiceAnswer extends HttpAnswer {
  readonly retryAfter: number | undefined
}

/** Longer than the minute after which web servers cut a request, so that the server's own answer is seen. */
const timeoutMilliseconds = 90_000

/**
 * Sends one request, once. Retries are left to the activity's retry policy.
 * @throws {ServiceUnavailableFailure} when there is no answer within 90 s
 */
export async function callService(
  options: Omit<Parameters<typeof request>[0], 'timeoutMilliseconds'>,
): Promise<ServiceAnswer> {
  try {
    const answer = await request({ ...options, timeoutMilliseconds })
    return { ...answer, retryAfter: seconds(answer.headers.get('retry-after')) }
  } catch (cause) {
    if (!(cause instanceof NoAnswerError)) throw cause
    throw new ServiceUnavailableFailure(cause.message, { cause })
  }
}

/**
 * Makes the failure of an answer other than success: 429 is busy, 408 and 5xx are temporary, the rest are refusals.
 * @param reason the service's own message, where the answer has one
 */
export function failureOf(service: string, { status, retryAfter, text }: ServiceAnswer, reason = text): Error {
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
export function readResult<Schema extends TSchema>(
  schema: Schema,
  service: string,
  answer: ServiceAnswer,
): Static<Schema> {
  const value = readAnswer(schema, answer)
  if (value !== undefined) return value
  throw new RequestRefusedFailure(`${service} sent an unexpected answer: ${answer.text.slice(0, 200)}`)
}

const maxRetryAfter = 600

/** Reads the header, which is in seconds or a date. A service that asks for more than ten minutes is tried again after ten. */
function seconds(header: string | null): number | undefined {
  if (header === null) return undefined
  const given = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1_000)
  return Number.isNaN(given) ? undefined : Math.min(Math.max(given, 0), maxRetryAfter)
}
