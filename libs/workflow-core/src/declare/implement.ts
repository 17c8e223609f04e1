import type { Static, TSchema } from 'typebox'
import type { Activity } from './activity.ts'
import type { Logger } from '../values/logger.ts'
import { check, encode } from '../values/payload.ts'

/** What an implementation is given beside its input. */
export interface ActivityTools {
  /** Aborts when the execution was cancelled or is gone, or when the worker stops: give it to whatever takes long. */
  readonly signal: AbortSignal
  /**
   * Says what has been reached (JSON of at most 2,048 characters). Heartbeats go by themselves, so call it only where
   * there is something to say, as often as you like: the next attempt finds the last as `info.lastHeartbeat`.
   */
  readonly heartbeat: (details: unknown) => void
  /** Which attempt this is, from 1. */
  readonly attempt: number
  /** How many attempts the policy allows. */
  readonly attempts: number
  /** Has the execution, the activity and the attempt in each line. */
  readonly log: Logger
  readonly info: ActivityInfo
}

/** Whose activity it is. */
export interface ActivityInfo {
  readonly workflowId: string
  readonly runId: string
  /** `ConvertImages.fig1#2`: name, key, attempt. */
  readonly activityId: string
  /** What the attempt before said last with `heartbeat`, if anything: a long copy resumes from it. */
  readonly lastHeartbeat?: unknown
}

/** An activity with what it does: what a worker is given. */
export interface Implementation {
  readonly activity: Activity
  /** From the input to the JSON of the output, however long; both checked against the declaration. */
  readonly run: (input: unknown, tools: ActivityTools) => Promise<string | undefined>
}

/**
 * Ties what an activity does to its declaration.
 *
 * Whatever it throws is retried by the declared policy, unless it is a `PermanentFailure` or has `retry: false`;
 * a number `retryAfter` on the error (seconds, as of HTTP 429) takes the place of the policy's delay. It may run
 * twice, for answers get lost: its effects must be idempotent.
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
