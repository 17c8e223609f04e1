import type { Activity } from '../../declare/activity.ts'
import { type AttemptFailure, readFailure, readRefusal, readTimeout } from '../../declare/failure.ts'
import { retryDelay, type RetryPolicy, retryProblems } from '../../declare/retry.ts'
import { commandName, type Commands } from '../../history/command.ts'
import type { Happening } from '../../history/workflow-event.ts'
import type { Wait } from './pending-promises.ts'
import { scheduleActivity } from './schedule-activity.ts'
import type { Timers } from './timers.ts'
import type { Duration } from '../../values/duration.ts'
import { ActivityFailure, Cancelled, InvalidDeclaration, TimedOut } from '../../values/errors.ts'
import { parseJson, check, decode } from '../../values/payload.ts'

/** What happens to an attempt of an activity. */
export type AttemptHappening = Extract<
  Happening,
  { kind: 'completed' | 'failed' | 'timedOut' | 'canceled' | 'refused' }
>

export interface Steps {
  /**
   * Schedules an activity and sees it through its attempts.
   * @returns cancels it
   * @param step its `retry` takes the place of what the activity declares, as far as it goes
   * @throws InvalidPayload, PayloadTooLarge, InvalidDeclaration
   */
  begin(
    step: {
      id: string
      activity: Activity
      key: string | undefined
      input: unknown
      retry: Partial<RetryPolicy> | undefined
    },
    wait: Wait<unknown>,
  ): () => void
  deliver(happening: AttemptHappening): void
  /** How many attempts are scheduled or running. */
  open(): number
}

interface Step extends Wait<unknown> {
  readonly id: string
  readonly activity: Activity
  readonly key: string | undefined
  readonly input: unknown
  readonly retry: RetryPolicy
  /** How often it was scheduled; the number in its attempts' ids. */
  scheduled: number
  /** How many of these were cut short by a stopping worker: they count as no attempt. */
  cutShort: number
  lastHeartbeat: unknown
  cancelled: boolean
}

/**
 * The activities of one execution. A step is *scheduled* until its attempt ends. It then either has its output, or its
 * failure for good, or *waits* for a timer before it is scheduled again under the next number. An attempt cut short by a
 * stopping worker is scheduled again at once. A step that is cancelled while it waits fails at once; one that is
 * scheduled asks its worker to stop, and ends as the attempt ends, without a further one.
 *
 * @param limits caps the declared heartbeat time-outs, so that a local environment notices a dead worker soon, and inputs
 * @param seed what jitter is drawn from: the same in every replay
 */
export function createSteps(
  commands: Commands,
  timers: Timers,
  limits: { readonly heartbeat: Duration | undefined; readonly payload: number },
  seed: string,
): Steps {
  const attempts = new Map<string, Step>()

  const schedule = (step: Step) => {
    const { activity, input, lastHeartbeat, retry } = step
    const { attempts: allowed } = retry
    const id = `${step.id}#${step.scheduled + 1}`
    const attempt = step.scheduled + 1 - step.cutShort
    const decision = scheduleActivity(id, activity, { attempt, attempts: allowed, input, lastHeartbeat }, limits)
    step.scheduled += 1
    attempts.set(id, step)
    commands.add({ name: commandName.activity(id), decision })
  }

  const fail = (step: Step, failure: AttemptFailure) => {
    if (step.cancelled) return step.reject(new Cancelled(`${step.id} was cancelled.`))
    if (failure.heartbeat !== undefined) step.lastHeartbeat = failure.heartbeat
    if (failure.reason === 'WorkerStopping') {
      step.cutShort += 1
      return schedule(step)
    }
    const made = step.scheduled - step.cutShort
    const { retry } = step
    const permanent = failure.permanent || retry.never?.includes(failure.reason) === true
    if (permanent || made >= retry.attempts) return step.reject(lastingFailure(step, { ...failure, permanent }, made))
    const chance = `${seed} ${nextTimer(step)}`
    const seconds = Math.ceil(failure.retryAfter ?? retryDelay(retry, made, chance) / 1_000)
    timers.start(
      nextTimer(step),
      seconds,
      () => schedule(step),
      (cause) => fail(step, { reason: cause, message: 'SWF refused the timer of its retry', permanent: true }),
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
    timers.cancel(nextTimer(step))
    step.reject(new Cancelled(`${step.id} was cancelled.`))
  }

  return {
    begin: ({ id, activity, key, input, retry: own }, wait) => {
      const retry = own === undefined ? activity.retry : { ...activity.retry, ...own }
      const problems = own === undefined ? [] : retryProblems(retry)
      if (problems.length > 0) throw new InvalidDeclaration(`The call of ${id}`, problems)
      check(activity.input, input, `Input of ${id}`)
      const step = {
        ...wait,
        id,
        activity,
        key,
        input,
        retry,
        scheduled: 0,
        cutShort: 0,
        lastHeartbeat: undefined,
        cancelled: false,
      }
      schedule(step)
      return () => cancel(step)
    },
    deliver: (happening) => {
      const step = attempts.get(happening.id)
      if (step === undefined || !attempts.delete(happening.id)) return
      const { activity } = step
      switch (happening.kind) {
        case 'completed':
          return step.resolve(decode(activity.output, happening.result, `Output of ${happening.id}`))
        case 'failed':
          return fail(step, readFailure(happening.reason, happening.details))
        case 'timedOut':
          return fail(step, readTimeout(happening.timeout, activity.timeouts, parseJson(happening.details ?? '')))
        case 'canceled':
          return fail(step, { reason: 'Canceled', message: 'it was cancelled', permanent: true })
        case 'refused':
          return fail(step, readRefusal(happening.cause, activity))
      }
    },
    open: () => attempts.size,
  }
}

function nextTimer({ id, scheduled }: Step): string {
  return `retry.${id}#${scheduled + 1}`
}

function lastingFailure({ activity, key }: Step, failure: AttemptFailure, attempts: number): ActivityFailure {
  const { reason, message, permanent, timedOut } = failure
  const Failure = timedOut ? TimedOut : ActivityFailure
  return new Failure({ activity: activity.name, key, attempts, reason, message, permanent })
}
