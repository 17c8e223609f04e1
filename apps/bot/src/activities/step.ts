import { activity, type Activity, type ActivityOptions, type RetryPolicy } from '@continuum/workflow-core'
import type { TSchema } from 'typebox'
import { priorityOf, type ActivityName } from './priority.ts'

/** An activity that the dashboard shows: `event` is the name of its events there. */
export type Step<Input extends TSchema = TSchema, Output extends TSchema = TSchema> = Activity<Input, Output> & {
  readonly event: string
}

/** Declares a step: an activity with its name on the dashboard. The input must carry the fields of `Run`. */
export function step<Input extends TSchema, Output extends TSchema>({
  event,
  ...options
}: Options<Input, Output> & { event: string }): Step<Input, Output> {
  return Object.freeze({ ...unshown(options), event })
}

/** Declares an activity that the dashboard does not show. */
export function unshown<Input extends TSchema, Output extends TSchema>(
  options: Options<Input, Output>,
): Activity<Input, Output> {
  return activity({ ...options, priority: priorityOf(options.name) })
}

type Options<Input extends TSchema, Output extends TSchema> = Omit<ActivityOptions<Input, Output>, 'priority'> & {
  readonly name: ActivityName
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
