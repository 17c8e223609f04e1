import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Duration, toSeconds } from '../values/duration.ts'
import type { Activity, Timeouts } from './activity.ts'

import { parseJson } from '../values/payload.ts'
import { errorClass, errorMessage, shorten } from '../values/error-text.ts'
/** How an attempt of an activity failed, as the workflow's side reads it from the history. */
export interface AttemptFailure {
  /** Class name of the error, the kind of the time-out, or SWF's cause. */
  readonly reason: string
  readonly message: string
  readonly permanent: boolean
  /** SWF ended the attempt; the reason is the kind of time-out. */
  readonly timedOut?: true
  /** Seconds to wait in place of the policy's delay. */
  readonly retryAfter?: number
  /** What the attempt said last with `heartbeat`. */
  readonly heartbeat?: unknown
}

/** SWF's limit for a reason. */
const longestReason = 256
/** Leaves room for JSON's escapes below SWF's 32,768 characters of details. */
const longestMessage = 4_000

const Details = Type.Object({
  message: Type.String(),
  permanent: Type.Boolean(),
  retryAfter: Type.Optional(Type.Number({ minimum: 0 })),
  heartbeat: Type.Optional(Type.Unknown()),
})

/** An error as SWF's `reason` (at most 256 characters) and `details` (JSON) of a failed activity. */
export function writeFailure(error: unknown, heartbeat?: unknown): { reason: string; details: string } {
  const { retry, retryAfter } = typeof error === 'object' && error !== null ? hints(error) : {}
  return {
    reason: shorten(errorClass(error), longestReason),
    details: JSON.stringify({
      message: shorten(errorMessage(error), longestMessage),
      permanent: retry === false,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(heartbeat === undefined ? {} : { heartbeat }),
    }),
  }
}

/** The failure of a failed activity. One that another program's worker wrote is read as far as it goes. */
export function readFailure(reason = 'Unknown', details = ''): AttemptFailure {
  const parsed = parseJson(details)
  if (Value.Check(Details, parsed)) return { reason, ...parsed }
  return { reason, message: details === '' ? 'no details were given' : details, permanent: false }
}

/** What a time-out of SWF means, in words for whoever is woken by it. */
export function readTimeout(kind: string, timeouts: Timeouts, lastHeartbeat: unknown): AttemptFailure {
  const meaning: Readonly<Record<string, string>> = {
    HEARTBEAT: `no heartbeat within ${timeouts.heartbeat ?? 'its time'}: its worker died, hung or lost the network`,
    START_TO_CLOSE: `not done within ${timeouts.run}`,
    SCHEDULE_TO_START: `no worker took it within ${timeouts.queue ?? 'its time'}: are workers running for its task list?`,
  }
  return {
    reason: kind,
    message: meaning[kind] ?? 'timed out',
    permanent: false,
    timedOut: true,
    heartbeat: lastHeartbeat,
  }
}

/** SWF's passing refusals: waiting helps, so they are retried as any failure is. */
const passingRefusals: ReadonlySet<string> = new Set([
  'OPEN_ACTIVITIES_LIMIT_EXCEEDED',
  'ACTIVITY_CREATION_RATE_EXCEEDED',
])

/** Why SWF would not schedule an attempt at all. */
export function readRefusal(cause: string, { name, version }: Activity): AttemptFailure {
  const advice = cause.startsWith('ACTIVITY_TYPE') ? `; is ${name} version ${version} registered in this domain?` : ''
  return { reason: cause, message: `SWF refused to schedule it${advice}`, permanent: !passingRefusals.has(cause) }
}

function hints(error: object): { retry?: unknown; retryAfter?: number } {
  const retry = 'retry' in error ? error.retry : undefined
  const after = 'retryAfter' in error ? error.retryAfter : undefined
  return typeof after === 'number' && after >= 0 && after <= toSeconds(longestRetryAfter)
    ? { retry, retryAfter: after }
    : { retry }
}

/** A server that asks for more is not believed; the policy's delay is taken. */
const longestRetryAfter: Duration = '7d'
