import type { Static, TSchema } from 'typebox'
import type { Activity } from './activity.ts'
import type { Logger } from '../values/logger.ts'
import { check, encode } from '../values/payload.ts'

/** Second argument of an implementation: cancellation, heartbeats, logging and facts about the attempt. */
export interface ActivityTools {
  /**
   * Aborts when the activity is cancelled, SWF no longer knows the task, or the worker stops. Pass it to anything that
   * takes long.
   */
  readonly signal: AbortSignal
  /**
   * Sets the details of the next heartbeat (at most 2,048 characters of JSON). The worker sends heartbeats by itself, so
   * call this only to record progress; the next attempt finds the last details as `info.lastHeartbeat`.
   */
  readonly heartbeat: (details: unknown) => void
  /** Number of this attempt, from 1. */
  readonly attempt: number
  /** Number of attempts that the retry policy allows. */
  readonly maxAttempts: number
  /** Logger whose lines name the execution, the activity and the attempt. */
  readonly log: Logger
  readonly info: ActivityInfo
}

/** Identifies the execution and the attempt. */
export interface ActivityInfo {
  readonly workflowId: string
  readonly runId: string
  /** `ConvertImages.fig1#2`: name, key, attempt. */
  readonly activityId: string
  /** Last heartbeat details of the previous attempt, if any: a long copy resumes from them. */
  readonly lastHeartbeat?: unknown
}

/** An activity together with its code; workers take these. */
export interface Implementation {
  readonly activity: Activity
  /** Runs the code and returns the output's JSON, of any length; input and output are checked against the declaration. */
  readonly run: (input: unknown, tools: ActivityTools) => Promise<string | undefined>
}

/**
 * Implements a declared activity.
 *
 * Any error is retried by the declared policy, unless it is a `PermanentFailure` or has `retry: false`. A number
 * `retryAfter` on the error (seconds, as with HTTP 429) replaces the policy's delay. An activity may run twice, because
 * responses get lost: make its effects idempotent.
 * @example
 * export const convertImagesHere = implement(convertImages, async ({ figures }, { signal, heartbeat }) => { ... })
 */
export function implement<Input extends TSchema, Output extends TSchema>(
  activity: Activity<Input, Output>,
  handler: (input: Static<Input>, tools: ActivityTools) => Promise<Static<Output>>,
): Implementation {
  return {
    activity,
    run: async (input, tools) => {
      const { activityId } = tools.info
      check(activity.input, input, `Input of ${activityId}`)
      return encode(activity.output, await handler(input, tools), `Output of ${activityId}`, Infinity)
    },
  }
}
