import { NoAnswerError, readAnswer, request, type HttpAnswer } from '@continuum/service'
import type { Static, TSchema } from 'typebox'
import { RequestRefusedFailure, ServiceBusyFailure, ServiceUnavailableFailure } from './failures.ts'
import { oddAnswer } from './odd-answer.ts'

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

/** The contract of a service, as far as answers other than success are concerned. */
export interface Contract {
  /** The name of the service in messages: `lax`, `the site`. */
  readonly service: string
  /** Finds the service's own reason in a refusal; undefined where the answer is not a refusal of its contract. */
  readonly reasonOf: (answer: ServiceAnswer) => string | undefined
}

/** Statuses by which a service refuses a request for what it is. All others may stand for the state of a server. */
const refusals = new Set([400, 409, 422])

/**
 * Makes the failure of an answer other than success: 429 is busy, 408 and 5xx are temporary, a refusal in the form of the
 * contract is a verdict. Anything else is an odd answer, which is tried again for a while.
 */
export function failureOf({ service, reasonOf }: Contract, answer: ServiceAnswer): Error {
  const { status, retryAfter, text } = answer
  const hint = retryAfter === undefined ? {} : { retryAfter }
  if (status === 429) return new ServiceBusyFailure(`${service} is busy (429).`, hint)
  const reason = reasonOf(answer)
  const said = `${service} answered ${status}: ${(reason ?? text).trim().slice(0, 1_000) || 'no reason given'}`
  if (status === 408 || status >= 500) return new ServiceUnavailableFailure(said, hint)
  return reason !== undefined && refusals.has(status)
    ? new RequestRefusedFailure(said)
    : oddAnswer(service, answer, 'an answer of its contract')
}

/**
 * Reads the JSON of a successful answer.
 * @param expected the form in words, for a message
 * @throws {OddAnswerFailure} when it does not have the schema's shape: nothing tells what the service has done
 */
export function readResult<Schema extends TSchema>(
  schema: Schema,
  { service }: Contract,
  answer: ServiceAnswer,
  expected: string,
): Static<Schema> {
  const value = readAnswer(schema, answer)
  if (value !== undefined) return value
  throw oddAnswer(service, answer, expected)
}

const maxRetryAfter = 600

/** Reads the header, which is in seconds or a date. A service that asks for more than ten minutes is tried again after ten. */
function seconds(header: string | null): number | undefined {
  if (header === null) return undefined
  const given = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1_000)
  return Number.isNaN(given) ? undefined : Math.min(Math.max(given, 0), maxRetryAfter)
}
