import type { TSchema } from 'typebox'
import { InvalidDeclarationError } from '../values/errors.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { durationProblems, nameProblems, priorityProblems } from '../values/declaration.ts'
import { type RetryPolicy, retryProblems } from './retry.ts'

/** Time-outs of one attempt of an activity, named as in SWF. */
export interface Timeouts {
  /** Maximum time from the moment a worker takes the task until it responds, heartbeats or not. */
  readonly startToClose: Duration
  /**
   * Maximum time between two heartbeats, and so how long a dead worker goes unnoticed. Absent: the worker sends no
   * heartbeats, and the activity cannot be cancelled while it runs.
   */
  readonly heartbeat?: Duration
  /** Maximum time in the task list. Absent: no limit, so workers that were off overnight carry on in the morning. */
  readonly scheduleToStart?: Duration
}

/** Options of {@link activity}. */
export interface ActivityOptions<Input extends TSchema, Output extends TSchema> {
  /** Name in SWF and in step ids, such as `ConvertImages`. Unique among activities. */
  readonly name: string
  /** Version in SWF, which never changes a registered type: a new version is a new type. */
  readonly version: string
  /** Schema of the input, which is JSON. `Type.Void()` for no input. */
  readonly input: Input
  /** Schema of the output, which is JSON. `Type.Void()` for no output. */
  readonly output: Output
  /** Task list that its workers poll. Default `activities`. */
  readonly taskList?: string
  /**
   * SWF's task priority: of the tasks that wait in a list, the one with the highest number is handed out first, among equals the
   * oldest. Default 0.
   */
  readonly priority?: number
  readonly timeouts: Timeouts
  readonly retry: RetryPolicy
}

/** A declared activity. Workflows import the declaration; `implement` ties code to it, which only workers import. */
export interface Activity<Input extends TSchema = TSchema, Output extends TSchema = TSchema> {
  readonly kind: 'activity'
  readonly name: string
  readonly version: string
  readonly input: Input
  readonly output: Output
  readonly taskList: string
  readonly priority?: number
  readonly timeouts: Timeouts
  readonly retry: RetryPolicy
}

/**
 * Declares an activity: a step that does I/O.
 * @example
 * export const convertImages = activity({
 *   name: 'ConvertImages', version: '1', input: ConvertInput, output: ConvertOutput, taskList: 'images',
 *   timeouts: { startToClose: '8m', heartbeat: '60s' },
 *   retry: { maxAttempts: 5, initialInterval: '10s', backoffCoefficient: 2, maxInterval: '2m' },
 * })
 * @throws InvalidDeclarationError listing every problem: names that SWF rejects, invalid durations, impossible retry policies
 */
export function activity<Input extends TSchema, Output extends TSchema>(
  options: ActivityOptions<Input, Output>,
): Activity<Input, Output> {
  const problems = [
    ...nameProblems(options),
    ...priorityProblems(options.priority),
    ...timeoutProblems(options.timeouts),
    ...retryProblems(options.retry),
  ]
  if (problems.length > 0) throw new InvalidDeclarationError(`Activity ${options.name}`, problems)
  return Object.freeze({ taskList: 'activities', ...options, kind: 'activity' as const })
}

function timeoutProblems({ startToClose, heartbeat, scheduleToStart }: Timeouts): string[] {
  const problems = durationProblems({
    'timeouts.startToClose': startToClose,
    'timeouts.heartbeat': heartbeat,
    'timeouts.scheduleToStart': scheduleToStart,
  })
  if (problems.length === 0 && heartbeat !== undefined && toSeconds(heartbeat) > toSeconds(startToClose)) {
    problems.push(
      `timeouts.heartbeat ${heartbeat} is longer than timeouts.startToClose ${startToClose}: a dead worker would go unnoticed`,
    )
  }
  return problems
}
