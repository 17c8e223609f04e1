import { hostname } from 'node:os'
import {
  type ActivityTask,
  CountPendingActivityTasksCommand,
  RespondActivityTaskFailedCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import { setTimeout } from 'node:timers/promises'
import { writeFailure } from '../declare/failure.ts'
import type { Implementation } from '../declare/implement.ts'
import { TaskInput } from '../declare/task-input.ts'
import { plainCallsOf } from './plain-calls.ts'
import { respond } from './respond.ts'
import { type Attempt, startAttempt } from './attempt.ts'
import { createMetrics } from './metrics.ts'
import { countTimeoutMs, type Loop, secondsSince, startPollers } from './pollers.ts'
import { trimClient } from './trimmed-client.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { errorFields } from '../values/error-text.ts'
import { UnknownActivityError } from '../values/errors.ts'
import { type Logger, withFields } from '../values/logger.ts'
import { createPayloads, type PayloadStore } from '../values/payload-store.ts'
import { decode } from '../values/payload.ts'

/** Options of {@link startWorker}. */
export interface WorkerOptions {
  /** Client for responses and heartbeats. */
  readonly swf: SWFClient
  /** Client for polls alone: each holds a socket for a minute, and responses must not wait for one. */
  readonly pollingSwf: SWFClient
  readonly domain: string
  readonly taskList: string
  readonly implementations: readonly Implementation[]
  /** Maximum number of concurrent activities. */
  readonly concurrency: number
  /** Store for values that are too long for SWF. Absent: such values fail. */
  readonly store?: PayloadStore
  /** Maximum silence of a poller before the process sends itself SIGTERM. Default three minutes. */
  readonly stallTimeout?: Duration
  readonly logger: Logger
}

/** The maximum delay of a Node.js timer. */
const maxTimerMs = 2_147_483_647

/**
 * Starts a worker, which polls a task list and runs its activities until stopped. A task without an implementation fails
 * with a reason that says so and is retried: during a deployment another worker may have it.
 */
export function startWorker({
  swf,
  pollingSwf,
  domain,
  taskList,
  implementations,
  concurrency,
  store,
  stallTimeout,
  logger,
}: WorkerOptions): Loop {
  for (const client of [swf, pollingSwf]) trimClient(client)
  const calls = plainCallsOf(swf)
  const polls = plainCallsOf(pollingSwf)
  const identity = `${hostname()} ${process.pid}`
  const metrics = createMetrics({ loop: 'worker', task_list: taskList })
  const payloads = createPayloads(store)
  const known = new Map(implementations.map((each) => [typeOf(each.activity), each]))
  const running = new Set<Attempt>()

  const poll = async (abortSignal: AbortSignal) => {
    const task = await polls.pollForActivityTask({ domain, taskList: { name: taskList }, identity }, abortSignal)
    return task.taskToken === undefined || task.taskToken === '' ? undefined : task
  }

  const handle = async (polled: ActivityTask) => {
    const { taskToken, activityId = '', activityType, workflowExecution, input } = polled
    const execution = { workflowId: workflowExecution?.workflowId ?? '', runId: workflowExecution?.runId ?? '' }
    const log = withFields({ ...execution, activity: activityType?.name, activityId }, logger)
    const began = performance.now()
    const worked = (outcome: string) =>
      metrics.worked(activityType?.name ?? '', outcome, (performance.now() - began) / 1_000)
    try {
      const implementation = known.get(typeOf(activityType ?? {}))
      if (implementation === undefined) throw new UnknownActivityError(typeOf(activityType ?? {}), taskList)
      const task = decode(TaskInput, await payloads.fromSwf(input ?? ''), `Task ${activityId}`)
      const { lastHeartbeat } = task
      const attempt = startAttempt({ swf, calls }, payloads, implementation, {
        taskToken: taskToken ?? '',
        task,
        info: { ...execution, activityId, ...(lastHeartbeat === undefined ? {} : { lastHeartbeat }) },
        timeoutMs: timeoutMsOf(implementation),
        log: withFields({ attempt: task.attempt }, log),
      })
      metrics.attempted(implementation.activity.name, task.attempt)
      running.add(attempt)
      worked(await attempt.ended.finally(() => running.delete(attempt)))
    } catch (error) {
      log.error(errorFields(error), 'activity task failed before its code ran')
      const failure = writeFailure(error)
      await respond(
        () => swf.send(new RespondActivityTaskFailedCommand({ taskToken, ...failure })),
        AbortSignal.timeout(60_000),
        log,
      )
      worked('unknown')
    }
  }

  const timeOf = ({ activityType }: ActivityTask) => {
    const implementation = known.get(typeOf(activityType ?? {}))
    return implementation === undefined ? 60_000 : timeoutMsOf(implementation) + 60_000
  }
  const pending = async () => {
    const command = new CountPendingActivityTasksCommand({ domain, taskList: { name: taskList } })
    const { count } = await swf.send(command, { abortSignal: AbortSignal.timeout(countTimeoutMs) })
    return { count }
  }
  const pollers = startPollers({
    concurrency,
    poll,
    handle,
    timeOf,
    polled: metrics.polled,
    stallTimeoutMs: stallTimeout && toSeconds(stallTimeout) * 1_000,
    logger,
  })

  return {
    lastSignOfLife: pollers.lastSignOfLife,
    metrics: () => metrics.text(secondsSince(pollers.lastSignOfLife()), pending),
    stop: async (deadlineMs) => {
      pollers.stop()
      const reserveMs = Math.min(2_000, deadlineMs / 4)
      await endedOrTimeout(pollers.ended, deadlineMs - reserveMs)
      await endedOrTimeout(Promise.all(Array.from(running, (attempt) => attempt.giveBack())), reserveMs / 2)
      await endedOrTimeout(pollers.ended, reserveMs / 2)
    },
  }
}

function typeOf({ name, version }: { name?: string | undefined; version?: string | undefined }): string {
  return `${name} ${version}`
}

function timeoutMsOf({ activity }: Implementation): number {
  return Math.min(toSeconds(activity.timeouts.startToClose) * 1_000, maxTimerMs)
}

/** Resolves when the work has ended or the time is up. */
async function endedOrTimeout(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([work, setTimeout(milliseconds, undefined, { signal: timer.signal }).catch(() => {})])
  timer.abort()
}
