import type { Activity } from './activity.ts'
import { commandName, type Commands } from './command.ts'
import type { Duration } from './duration.ts'
import { ActivityFailure, DuplicateStep } from './errors.ts'
import { type AttemptFailure, parseJson, readFailure, readRefusal, readTimeout } from './failure.ts'
import type { Happening } from './happening.ts'
import { check, decode } from './payload.ts'
import { retryDelay } from './retry.ts'
import { scheduleActivity } from './schedule-activity.ts'
import { stepId } from './step-id.ts'
import { StepPromise } from './step-promise.ts'
import type { Timers } from './timers.ts'
import type { StepOptions } from './workflow.ts'

/** What happens to an attempt of an activity. */
export type AttemptHappening = Extract<
  Happening,
  { kind: 'completed' | 'failed' | 'timedOut' | 'canceled' | 'refused' }
>

export interface Steps {
  /**
   * Schedules an activity and sees it through its attempts.
   * @throws DuplicateStep, InvalidPayload, PayloadTooLarge at the author's line
   */
  call(activity: Activity, input: unknown, options?: StepOptions): StepPromise<unknown>
  deliver(happening: AttemptHappening): void
  /** Ids of the steps that nobody awaited. */
  unawaited(): string[]
  /** How many attempts are scheduled or running. */
  open(): number
}

interface Step {
  readonly id: string
  readonly activity: Activity
  readonly key: string | undefined
  readonly input: unknown
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
  /** How often it was scheduled; the number in its attempts' ids. */
  scheduled: number
  /** How many of these were cut short by a stopping worker: they count as no attempt. */
  cutShort: number
  lastHeartbeat: unknown
}

/**
 * The activities of one execution. A step is *scheduled* until its attempt ends. It then either has its output, or its
 * failure for good, or *waits* for a timer before it is scheduled again under the next number. An attempt cut short by a
 * stopping worker is scheduled again at once.
 *
 * @param longestHeartbeat caps the declared heartbeat time-outs, so that a local environment notices a dead worker soon
 */
export function createSteps(commands: Commands, timers: Timers, longestHeartbeat: Duration | undefined): Steps {
  const attempts = new Map<string, Step>()
  const promises = new Map<string, StepPromise<unknown>>()

  const schedule = (step: Step) => {
    const { activity, input, lastHeartbeat } = step
    step.scheduled += 1
    const id = `${step.id}#${step.scheduled}`
    const attempt = step.scheduled - step.cutShort
    const decision = scheduleActivity(id, activity, { attempt, input, lastHeartbeat }, longestHeartbeat)
    attempts.set(id, step)
    commands.add({ name: commandName.activity(id), decision })
  }

  const fail = (step: Step, failure: AttemptFailure) => {
    if (failure.heartbeat !== undefined) step.lastHeartbeat = failure.heartbeat
    if (failure.reason === 'WorkerStopping') {
      step.cutShort += 1
      schedule(step)
      return
    }
    const { activity, key } = step
    const made = step.scheduled - step.cutShort
    if (failure.permanent || made >= activity.retry.attempts) {
      step.reject(new ActivityFailure({ ...failure, activity: activity.name, key, attempts: made }))
      return
    }
    const seconds = Math.ceil(failure.retryAfter ?? retryDelay(activity.retry, made) / 1_000)
    timers.start(
      `retry.${step.id}#${step.scheduled + 1}`,
      seconds,
      () => schedule(step),
      (cause) => fail(step, { reason: cause, message: 'SWF refused the timer of its retry', permanent: true }),
    )
  }

  return {
    call: (activity, input, { key } = {}) => {
      const id = stepId(activity.name, key)
      if (promises.has(id))
        throw new DuplicateStep(`Step ${id} was called before: give each call of it a key of its own.`)
      check(activity.input, input, `Input of ${id}`)
      const promise = new StepPromise<unknown>((resolve, reject) => {
        schedule({ id, activity, key, input, resolve, reject, scheduled: 0, cutShort: 0, lastHeartbeat: undefined })
      })
      promises.set(id, promise)
      return promise
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
    unawaited: () => [...promises].filter(([, promise]) => !promise.awaited).map(([id]) => id),
    open: () => attempts.size,
  }
}
