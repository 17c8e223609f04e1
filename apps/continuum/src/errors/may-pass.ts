import { NoAnswerError } from '@continuum/service'
import { UnavailableError } from './unavailable-error.ts'

/** The codes of a connection that was not made, or that broke. */
const connectionCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
/** Errors of AWS and its SDK after which the same call may succeed, whatever their status is. */
const passingNames: ReadonlySet<string> = new Set(['TimeoutError', 'RequestTimeout', 'SlowDown'])

/** Tells if an error is one after which the same call may succeed: a service that is down or busy, a connection that broke. */
export function mayPass(error: unknown): boolean {
  if (error instanceof NoAnswerError || error instanceof UnavailableError) return true
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  const status = statusOf(error)
  if (connectionCodes.has(code) || passingNames.has(error.name) || isThrottling(error.name)) return true
  if (status === undefined) return false
  // What says that it succeeded and has no words of AWS was cut off.
  return isBusy(status) || (isUnworded(error) && status < 400)
}

/** Tells an answer that is not in AWS's words: it was cut off, is of a server in between, or is the refusal of a call that gets none. */
export function isUnworded(error: unknown): boolean {
  // The SDK's names of what it could not read.
  return (
    statusOf(error) !== undefined && error instanceof Error && ['Unknown', 'UnknownError', 'Error'].includes(error.name)
  )
}

const isThrottling = (name: string) => /^(Throttling|TooManyRequests|RequestLimitExceeded)/.test(name)

/** The HTTP status of an answer that the SDK of AWS has made an error of; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const status: unknown = Object(Object(error).$metadata).httpStatusCode
  return typeof status === 'number' ? status : undefined
}

/** Tells if a status says that a service cannot answer at the moment. */
export function isBusy(status: number): boolean {
  return status === 429 || status >= 500
}

/** A few attempts within a quarter of a minute, where a person waits. */
export const shortRetry = { firstMilliseconds: 500, maxMilliseconds: 8_000, maxAttempts: 6, mayPass } as const
