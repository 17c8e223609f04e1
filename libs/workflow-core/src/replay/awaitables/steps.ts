import type { Activity } from '../../declare/activity.ts'
import { type AttemptFailure, readFailure, readScheduleFailure, readTimeout } from '../../declare/failure.ts'
import { retryDelay, type RetryPolicy, retryProblems } from '../../declare/retry.ts'
import { commandName, type Commands } from '../../history/command.ts'
import type { WorkflowEvent } from '../../history/workflow-event.ts'
import type { Deferred } from './pending-promises.ts'
import { scheduleActivity } from './schedule-activity.ts'
import type { Timers } from './timers.ts'
import type { Duration } from '../../values/duration.ts'
import { ActivityFailure, CancelledFailure, InvalidDeclarationError, TimeoutFailure } from '../../values/errors.ts'
import { parseJson, check, decode } from '../../values/payload.ts'
import { retryTimerId } from '../../values/retry-now-signal.ts'

/** An event that ends an attempt of an activity. */
export type AttemptEvent = Extract<
  WorkflowEvent,
  { kind: 'completed' | 'failed' | 'timedOut' | 'canceled' | 'refused' }
>

/** The activities of one execution. */
export interface Steps {
  /**
   * Schedules an activity and its retries.
   * @param step.retry overrides fields of the declared policy
   * @returns a function that cancels the step
   * @throws InvalidPayloadError, PayloadTooLargeError, InvalidDeclarationError
   */
  begin(
    step: {
      id: string
      activity: Activity
      key: string | undefined
      input: unknown
      retry: Partial<RetryPolicy> | undefined
    },
    deferred: Deferred<unknown>,
  ): () => void
  deliver(event: AttemptEvent): void
  /** Counts the attempts that are scheduled or running. */
  open(): number
}

interface Step extends Deferred<unknown> {
  readonly id: string
  readonly activity: Activity
  readonly key: string | undefined
  readonly input: unknown
  readonly retry: RetryPolicy
  /** Number of attempts scheduled, which is also the number in their ids. */
  scheduled: number
  /** Number of attempts interrupted by a stopping worker, which do not count against the policy. */
  interrupted: number
  lastHeartbeat: unknown
  cancelled: boolean
}

/**
 * Creates the activities of an execution. A step is *scheduled* until its attempt ends. It then has its output, has failed
 * for good, or *waits* for a timer before its next attempt. An attempt interrupted by a stopping worker is scheduled again
 * at once. A step that is cancelled while it waits fails at once; one that is scheduled asks its worker to stop, and ends
 * as the attempt ends, without a further attempt.
 *
 * @param limits limits of the environment: maximum heartbeat time-out, and maximum input length in characters
 * @param seed seeds the jitter, the same in every replay
 */
export function createSteps(
  commands: Commands,
  timers: Timers,
  limits: { readonly heartbeat: Duration | undefined; readonly payload: number },
  seed: string,
): Steps {
  const attempts = new Map<string, Step>()

  const schedule = (step: Step): void => {
    const { activity, input, lastHeartbeat, retry } = step
    const { maxAttempts } = retry
    const id = `${step.id}#${step.scheduled + 1}`
    const attempt = step.scheduled + 1 - step.interrupted
    const decision = scheduleActivity(id, activity, { attempt, maxAttempts, input, lastHeartbeat }, limits)
    if (step.scheduled > 0 && !commands.hasRoom(decision)) return postpone(step)
    commands.add({ name: commandName.activity(id), decision })
    step.scheduled += 1
    attempts.set(id, step)
  }

  /** Leaves a further attempt to a later decision: those that become due at the same time may be more than fit into one. */
  const postpone = (step: Step): void =>
    timers.start(
      timerIdOf(step),
      1,
      () => schedule(step),
      (cause) => fail(step, timerRefused(cause)),
    )

  const fail = (step: Step, failure: AttemptFailure) => {
    if (step.cancelled) return step.reject(new CancelledFailure(`${step.id} was cancelled.`))
    if (failure.heartbeat !== undefined) step.lastHeartbeat = failure.heartbeat
    if (failure.reason === 'WorkerStopping') {
      step.interrupted += 1
      return schedule(step)
    }
    const made = step.scheduled - step.interrupted
    const { retry } = step
    const permanent = failure.permanent || retry.nonRetryable?.includes(failure.reason) === true
    if (permanent || made >= retry.maxAttempts) return step.reject(finalFailure(step, { ...failure, permanent }, made))
    const jitterSeed = `${seed} ${timerIdOf(step)}`
    const seconds = Math.ceil(failure.retryAfter ?? retryDelay(retry, made, jitterSeed) / 1_000)
    timers.start(
      timerIdOf(step),
      seconds,
      () => schedule(step),
      (cause) => fail(step, timerRefused(cause)),
    )
  }

  const cancel = (step: Step) => {
    step.cancelled = true
    const id = `${step.id}#${step.scheduled}`
    const sent = attempts.has(id) && !commands.withdraw(commandName.activity(id))
    if (sent) {
      commands.add({
        decision: {
          decisionType: 'RequestCancelActivityTask',
          requestCancelActivityTaskDecisionAttributes: { activityId: id },
        },
      })
      return
    }
    attempts.delete(id)
    timers.cancel(timerIdOf(step))
    step.reject(new CancelledFailure(`${step.id} was cancelled.`))
  }

  return {
    begin: ({ id, activity, key, input, retry: own }, deferred) => {
      const retry = own === undefined ? activity.retry : { ...activity.retry, ...own }
      const problems = own === undefined ? [] : retryProblems(retry)
      if (problems.length > 0) throw new InvalidDeclarationError(`The call of ${id}`, problems)
      check(activity.input, input, `Input of ${id}`)
      const step = {
        ...deferred,
        id,
        activity,
        key,
        input,
        retry,
        scheduled: 0,
        interrupted: 0,
        lastHeartbeat: undefined,
        cancelled: false,
      }
      schedule(step)
      return () => cancel(step)
    },
    deliver: (event) => {
      const step = attempts.get(event.id)
      if (step === undefined || !attempts.delete(event.id)) return
      const { activity } = step
      switch (event.kind) {
        case 'completed':
          return step.resolve(decode(activity.output, event.result, `Output of ${event.id}`))
        case 'failed':
          return fail(step, readFailure(event.reason, event.details))
        case 'timedOut':
          return fail(step, readTimeout(event.timeout, activity.timeouts, parseJson(event.details ?? '')))
        case 'canceled':
          return fail(step, { reason: 'Canceled', message: 'it was cancelled', permanent: true })
        case 'refused':
          return fail(step, readScheduleFailure(event.cause, activity))
      }
    },
    open: () => attempts.size,
  }
}

const timerRefused = (cause: string): AttemptFailure => ({
  reason: cause,
  message: 'SWF did not start the timer of its retry',
  permanent: true,
})

function timerIdOf({ id, scheduled }: Step): string {
  return retryTimerId(`${id}#${scheduled + 1}`)
}

function finalFailure({ activity, key }: Step, failure: AttemptFailure, attempts: number): ActivityFailure {
  const { reason, message, permanent, timedOut } = failure
  const Failure = timedOut ? TimeoutFailure : ActivityFailure
  return new Failure({ activity: activity.name, key, attempts, reason, message, permanent })
}
