import {
  RecordActivityTaskHeartbeatCommand,
  RespondActivityTaskCanceledCommand,
  RespondActivityTaskCompletedCommand,
  RespondActivityTaskFailedCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import { writeFailure } from '../declare/failure.ts'
import type { ActivityInfo, Implementation } from '../declare/implement.ts'
import type { TaskInput } from '../declare/task-input.ts'
import { answer } from './answer.ts'
import { startHeartbeats } from './heartbeats.ts'
import { timeLimit } from './time-limit.ts'
import { errorFields, errorMessage } from '../values/error-text.ts'
import { Cancelled, TaskGone, WorkerStopping } from '../values/errors.ts'
import type { Logger } from '../values/logger.ts'
import type { Payloads } from '../values/payload-store.ts'
import { checkLength } from '../values/payload.ts'

/** An activity under way in this worker. */
export interface Attempt {
  /** How it ended, once its function has and its answer was taken. `gone`: SWF no longer waited for it. */
  readonly ended: Promise<'completed' | 'failed' | 'canceled' | 'gone'>
  /** Aborts it and tells SWF at once that it was cut short, so that another worker takes it. */
  giveBack(): Promise<void>
}

/**
 * Does one task and answers it once. Its signal aborts when the cancellation is requested (what it throws then is told
 * as a cancellation), when SWF no longer knows the task (it is answered no more), when its time is over, and when the
 * worker stops. An answer goes on being tried for as long as the attempt may last; heartbeats go on until it is taken.
 */
export function startAttempt(
  swf: SWFClient,
  payloads: Payloads,
  implementation: Implementation,
  {
    taskToken,
    task,
    info,
    milliseconds,
    log,
  }: {
    taskToken: string
    task: TaskInput
    info: ActivityInfo
    milliseconds: number
    log: Logger
  },
): Attempt {
  const abort = new AbortController()
  const over = timeLimit(milliseconds)
  over.signal.addEventListener('abort', () => abort.abort(over.signal.reason), { once: true })
  let answered = false
  const heartbeats = startHeartbeats({
    seconds: task.heartbeat,
    send: (details) => swf.send(new RecordActivityTaskHeartbeatCommand({ taskToken, details })),
    canceled: () => abort.abort(new Cancelled('The execution asked to cancel this activity.')),
    gone: () => abort.abort(new TaskGone('SWF no longer knows this task: it timed out, or its execution is closed.')),
    logger: log,
  })

  const answerOnce = async (send: () => Promise<unknown>) => {
    if (answered) return
    answered = true
    await answer(send, over.signal, log)
    heartbeats.stop()
  }
  const complete = (result: string | undefined) =>
    answerOnce(() => swf.send(new RespondActivityTaskCompletedCommand({ taskToken, result })))
  const fail = (error: unknown) => {
    const failure = writeFailure(error, heartbeats.last())
    return answerOnce(() => swf.send(new RespondActivityTaskFailedCommand({ taskToken, ...failure })))
  }
  const cancel = (error: unknown) =>
    answerOnce(() =>
      swf.send(new RespondActivityTaskCanceledCommand({ taskToken, details: errorMessage(error).slice(0, 4_000) })),
    )

  const run: () => Attempt['ended'] = async () => {
    try {
      const result = await implementation.run(task.input, {
        signal: abort.signal,
        heartbeat: heartbeats.say,
        attempt: task.attempt,
        attempts: task.attempts,
        log,
        info,
      })
      if (result !== undefined) checkLength(result, `Output of ${info.activityId}`, payloads.longest)
      await complete(result === undefined ? undefined : await payloads.toSwf(result))
      return 'completed'
    } catch (error) {
      const { reason } = abort.signal
      if (!answered) log.warn(errorFields(error, { stack: true }), 'activity failed')
      if (reason instanceof TaskGone) return 'gone'
      if (reason instanceof Cancelled) {
        await cancel(error)
        return 'canceled'
      }
      await fail(error)
      return 'failed'
    } finally {
      heartbeats.stop()
      over.release()
    }
  }
  return {
    ended: run(),
    giveBack: async () => {
      const stopping = new WorkerStopping('Its worker was stopped before it had ended.')
      abort.abort(stopping)
      await fail(stopping)
    },
  }
}
