import { activity, type Activity, type ActivityOptions, type RetryPolicy } from '@continuum/workflow-core'
import type { TSchema } from 'typebox'

/** An activity that the dashboard shows: `event` is the name of its events there. */
export type Step<Input extends TSchema = TSchema, Output extends TSchema = TSchema> = Activity<Input, Output> & {
  readonly event: string
}

/** Declares a step: an activity with its name on the dashboard. The input must carry the fields of `Run`. */
export function step<Input extends TSchema, Output extends TSchema>({
  event,
  ...options
}: ActivityOptions<Input, Output> & { event: string }): Step<Input, Output> {
  return Object.freeze({ ...activity(options), event })
}

/** Retries for S3 and our own queues, which are seldom down, and not for long. Gives up after about five minutes. */
export const storageRetry: RetryPolicy = {
  maxAttempts: 7,
  initialInterval: '2s',
  backoffCoefficient: 3,
  maxInterval: '2m',
}

/** Retries for lax and the site, which may be deployed, busy or down for a while. Gives up after about 40 minutes. */
export const serviceRetry: RetryPolicy = {
  maxAttempts: 24,
  initialInterval: '2s',
  backoffCoefficient: 3,
  maxInterval: '2m',
}
