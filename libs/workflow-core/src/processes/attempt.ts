import {
  RecordActivityTaskHeartbeatCommand,
  RespondActivityTaskCanceledCommand,
  RespondActivityTaskFailedCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import { writeFailure } from '../declare/failure.ts'
import type { ActivityInfo, Implementation } from '../declare/implement.ts'
import type { TaskInput } from '../declare/task-input.ts'
import type { PlainCalls } from './plain-calls.ts'
import { respond } from './respond.ts'
import { startHeartbeats } from './heartbeats.ts'
import { timeLimit } from './time-limit.ts'
import { errorFields, errorMessage } from '../values/error-text.ts'
import { CancelledFailure, TaskGoneError, WorkerStoppingError } from '../values/errors.ts'
import type { Logger } from '../values/logger.ts'
import type { Payloads } from '../values/payload-store.ts'
import { checkLength } from '../values/payload.ts'

/** A running attempt of an activity. */
export interface Attempt {
  /** Resolves once the code has ended and SWF has the response. `gone`: SWF no longer knows the task. */
  readonly ended: Promise<'completed' | 'failed' | 'canceled' | 'gone'>
  /** Aborts the attempt and fails it as interrupted, so that another worker takes it at once. */
  giveBack(): Promise<void>
}

/**
 * Starts an attempt and responds to its task once. The signal aborts when cancellation is requested (errors are then
 * reported as canceled), when SWF no longer knows the task (there is no response then), when the attempt times out, and
 * when the worker stops. The response is retried until the attempt times out; heartbeats continue until it is sent.
 */
export function startAttempt(
  { swf, calls }: { readonly swf: SWFClient; readonly calls: PlainCalls },
  payloads: Payloads,
  implementation: Implementation,
  {
    taskToken,
    task,
    info,
    timeoutMs,
    log,
  }: {
    taskToken: string
    task: TaskInput
    info: ActivityInfo
    timeoutMs: number
    log: Logger
  },
): Attempt {
  const abort = new AbortController()
  const timeout = timeLimit(timeoutMs)
  timeout.signal.addEventListener('abort', () => abort.abort(timeout.signal.reason), { once: true })
  let responded = false
  const heartbeats = startHeartbeats({
    seconds: task.heartbeat,
    send: (details) => swf.send(new RecordActivityTaskHeartbeatCommand({ taskToken, details })),
    canceled: () => abort.abort(new CancelledFailure('The execution requested the cancellation of this activity.')),
    gone: () =>
      abort.abort(new TaskGoneError('SWF no longer knows this task: it timed out, or its execution is closed.')),
    logger: log,
  })

  const respondOnce = async (send: () => Promise<unknown>) => {
    if (responded) return
    responded = true
    await respond(send, timeout.signal, log)
    heartbeats.stop()
  }
  const complete = (result: string | undefined) =>
    respondOnce(() => calls.respondActivityTaskCompleted({ taskToken, result }))
  const fail = (error: unknown) => {
    const failure = writeFailure(error, heartbeats.last())
    return respondOnce(() => swf.send(new RespondActivityTaskFailedCommand({ taskToken, ...failure })))
  }
  const cancel = (error: unknown) =>
    respondOnce(() =>
      swf.send(new RespondActivityTaskCanceledCommand({ taskToken, details: errorMessage(error).slice(0, 4_000) })),
    )

  const run: () => Attempt['ended'] = async () => {
    try {
      const result = await implementation.run(task.input, {
        signal: abort.signal,
        heartbeat: heartbeats.record,
        attempt: task.attempt,
        maxAttempts: task.attempts,
        log,
        info,
      })
      if (result !== undefined) checkLength(result, `Output of ${info.activityId}`, payloads.maxLength)
      await complete(result === undefined ? undefined : await payloads.toSwf(result))
      return 'completed'
    } catch (error) {
      const { reason } = abort.signal
      if (!responded) log.warn(errorFields(error, { stack: true }), 'activity failed')
      if (reason instanceof TaskGoneError) return 'gone'
      if (reason instanceof CancelledFailure) {
        await cancel(error)
        return 'canceled'
      }
      await fail(error)
      return 'failed'
    } finally {
      heartbeats.stop()
      timeout.release()
    }
  }
  return {
    ended: run(),
    giveBack: async () => {
      const stopping = new WorkerStoppingError('The worker stopped before the activity ended.')
      abort.abort(stopping)
      await fail(stopping)
    },
  }
}
