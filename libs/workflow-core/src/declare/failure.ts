import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Duration, toSeconds } from '../values/duration.ts'
import { errorClass, errorMessage, shorten } from '../values/error-text.ts'
import { parseJson } from '../values/payload.ts'
import type { Activity, Timeouts } from './activity.ts'

/** The failure of an attempt of an activity, as the decider reads it from the history. */
export interface AttemptFailure {
  /** Class name of the error, kind of the time-out, or SWF's cause. */
  readonly reason: string
  readonly message: string
  readonly permanent: boolean
  /** Set when the attempt timed out; the reason is the kind of time-out. */
  readonly timedOut?: true
  /** Seconds to wait instead of the policy's delay. */
  readonly retryAfter?: number
  /** Last heartbeat details of the attempt. */
  readonly heartbeat?: unknown
}

/** SWF's limit for a reason. */
const maxReasonLength = 256
/** Stays below SWF's 32,768 characters of details, JSON's escapes included. */
const maxMessageLength = 4_000

const Details = Type.Object({
  message: Type.String(),
  permanent: Type.Boolean(),
  retryAfter: Type.Optional(Type.Number({ minimum: 0 })),
  heartbeat: Type.Optional(Type.Unknown()),
})

/** Writes an error as SWF's `reason` (at most 256 characters) and `details` (JSON) of a failed activity. */
export function writeFailure(error: unknown, heartbeat?: unknown): { reason: string; details: string } {
  const { retry, retryAfter } = typeof error === 'object' && error !== null ? retryHints(error) : {}
  return {
    reason: shorten(errorClass(error), maxReasonLength),
    details: JSON.stringify({
      message: shorten(errorMessage(error), maxMessageLength),
      permanent: retry === false,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(heartbeat === undefined ? {} : { heartbeat }),
    }),
  }
}

/** Reads the failure of an activity from its reason and details; those of foreign workers as far as possible. */
export function readFailure(reason = 'Unknown', details = ''): AttemptFailure {
  const parsed = parseJson(details)
  if (Value.Check(Details, parsed)) return { reason, ...parsed }
  return { reason, message: details === '' ? 'no details given' : details, permanent: false }
}

/** Explains a time-out of SWF to whoever is on call. */
export function readTimeout(kind: string, timeouts: Timeouts, lastHeartbeat: unknown): AttemptFailure {
  const meaning: Readonly<Record<string, string>> = {
    HEARTBEAT: `no heartbeat within ${timeouts.heartbeat ?? 'the time-out'}: the worker died, hung or lost the network`,
    START_TO_CLOSE: `not done within ${timeouts.startToClose}`,
    SCHEDULE_TO_START: `no worker took it within ${timeouts.scheduleToStart ?? 'the time-out'}: are workers running for its task list?`,
  }
  return {
    reason: kind,
    message: meaning[kind] ?? 'timed out',
    permanent: false,
    timedOut: true,
    heartbeat: lastHeartbeat,
  }
}

/** Causes for which waiting helps, so they are retried like any failure. */
const transientCauses: ReadonlySet<string> = new Set([
  'OPEN_ACTIVITIES_LIMIT_EXCEEDED',
  'ACTIVITY_CREATION_RATE_EXCEEDED',
])

/** Explains why SWF did not schedule an attempt. */
export function readScheduleFailure(cause: string, { name, version }: Activity): AttemptFailure {
  const advice = cause.startsWith('ACTIVITY_TYPE') ? `; is ${name} version ${version} registered in this domain?` : ''
  return {
    reason: cause,
    message: `SWF did not schedule the activity${advice}`,
    permanent: !transientCauses.has(cause),
  }
}

/** Reads the hints for the retry policy that an error carries. */
function retryHints(error: object): { retry?: unknown; retryAfter?: number } {
  const retry = 'retry' in error ? error.retry : undefined
  const after = 'retryAfter' in error ? error.retryAfter : undefined
  return typeof after === 'number' && after >= 0 && after <= toSeconds(maxRetryAfter)
    ? { retry, retryAfter: after }
    : { retry }
}

/** Longer delays that a server asks for are ignored, and the policy's delay is used. */
const maxRetryAfter: Duration = '7d'
