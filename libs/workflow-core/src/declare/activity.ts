import type { TSchema } from 'typebox'
import { InvalidDeclaration } from '../values/errors.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { durationProblems, nameProblems } from '../values/declaration.ts'
import { type RetryPolicy, retryProblems } from './retry.ts'

/** How long an attempt of an activity may take, in each of its phases. */
export interface Timeouts {
  /** From the moment a worker took it to its answer, heartbeats or not. */
  readonly run: Duration
  /** Longest silence of a running worker: what a dead one costs. Absent: no heartbeats, and no cancellation either. */
  readonly heartbeat?: Duration
  /** Longest wait for a worker. Absent: no limit, so that machines that were off overnight go on in the morning. */
  readonly queue?: Duration
}

/** What `activity` is given. */
export interface ActivityOptions<Input extends TSchema, Output extends TSchema> {
  /** Name in SWF, and in step ids: `ConvertImages`. Unique among activities. */
  readonly name: string
  /** SWF never changes a registered type: a new version is a new type. */
  readonly version: string
  /** Shape of the input; JSON. `Type.Void()` for none. */
  readonly input: Input
  /** Shape of the output; JSON. `Type.Void()` for none. */
  readonly output: Output
  /** Whose workers do it. Default `activities`. */
  readonly taskList?: string
  readonly timeouts: Timeouts
  readonly retry: RetryPolicy
}

/** A declared activity: what workflows import. What it does is tied to it by `implement`, which only workers import. */
export interface Activity<Input extends TSchema = TSchema, Output extends TSchema = TSchema> {
  readonly kind: 'activity'
  readonly name: string
  readonly version: string
  readonly input: Input
  readonly output: Output
  readonly taskList: string
  readonly timeouts: Timeouts
  readonly retry: RetryPolicy
}

/**
 * Declares a step that touches the world.
 * @example
 * export const convertImages = activity({
 *   name: 'ConvertImages', version: '1', input: ConvertInput, output: ConvertOutput, taskList: 'images',
 *   timeouts: { run: '8m', heartbeat: '60s' }, retry: { attempts: 5, first: '10s', factor: 2, longest: '2m' },
 * })
 * @throws InvalidDeclaration listing every problem: names that SWF refuses, durations that are none, impossible retries
 */
export function activity<Input extends TSchema, Output extends TSchema>(
  options: ActivityOptions<Input, Output>,
): Activity<Input, Output> {
  const problems = [...nameProblems(options), ...timeoutProblems(options.timeouts), ...retryProblems(options.retry)]
  if (problems.length > 0) throw new InvalidDeclaration(`Activity ${options.name}`, problems)
  return Object.freeze({ taskList: 'activities', ...options, kind: 'activity' as const })
}

function timeoutProblems({ run, heartbeat, queue }: Timeouts): string[] {
  const problems = durationProblems({ 'timeouts.run': run, 'timeouts.heartbeat': heartbeat, 'timeouts.queue': queue })
  if (problems.length === 0 && heartbeat !== undefined && toSeconds(heartbeat) > toSeconds(run)) {
    problems.push(
      `timeouts.heartbeat ${heartbeat} is longer than timeouts.run ${run}: a dead worker would go unnoticed`,
    )
  }
  return problems
}
