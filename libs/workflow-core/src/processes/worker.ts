import { hostname } from 'node:os'
import {
  type ActivityTask,
  CountPendingActivityTasksCommand,
  PollForActivityTaskCommand,
  RespondActivityTaskFailedCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import { setTimeout } from 'node:timers/promises'
import { writeFailure } from '../declare/failure.ts'
import type { Implementation } from '../declare/implement.ts'
import { TaskInput } from '../declare/task-input.ts'
import { answer } from './answer.ts'
import { type Attempt, startAttempt } from './attempt.ts'
import { createMetrics } from './metrics.ts'
import { longestCountMs, type Loop, secondsSince, startPollers } from './pollers.ts'
import { leanClient } from './trimmed-client.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { errorFields } from '../values/error-text.ts'
import { UnknownActivity } from '../values/errors.ts'
import { type Logger, withFields } from '../values/logger.ts'
import { createPayloads, type PayloadStore } from '../values/payload-store.ts'
import { decode } from '../values/payload.ts'

export interface WorkerOptions {
  /** For answers and heartbeats. */
  readonly swf: SWFClient
  /** For polls alone: each holds a socket for a minute, and answers must not wait for one. */
  readonly pollingSwf: SWFClient
  readonly domain: string
  readonly taskList: string
  readonly implementations: readonly Implementation[]
  /** How many activities at once. */
  readonly concurrency: number
  /** For values that are too long for SWF. Absent: those fail. */
  readonly store?: PayloadStore
  /** How long a poller may hear nothing of SWF before the process ends itself by SIGTERM. Default three minutes. */
  readonly longestSilence?: Duration
  readonly logger: Logger
}

/** The longest wait that a timer of Node takes. */
const longestTimerMs = 2_147_483_647

/**
 * Does activities of one task list until stopped. One that it has no implementation for is answered with a failure that
 * says so, which is retried like any: during a deployment another worker may know it.
 */
export function startWorker({
  swf,
  pollingSwf,
  domain,
  taskList,
  implementations,
  concurrency,
  store,
  longestSilence,
  logger,
}: WorkerOptions): Loop {
  for (const client of [swf, pollingSwf]) leanClient(client)
  const identity = `${hostname()} ${process.pid}`
  const metrics = createMetrics({ loop: 'worker', task_list: taskList })
  const payloads = createPayloads(store)
  const known = new Map(implementations.map((each) => [typeOf(each.activity), each]))
  const running = new Set<Attempt>()

  const poll = async (abortSignal: AbortSignal) => {
    const command = new PollForActivityTaskCommand({ domain, taskList: { name: taskList }, identity })
    const task = await pollingSwf.send(command, { abortSignal })
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
      if (implementation === undefined) throw new UnknownActivity(typeOf(activityType ?? {}), taskList)
      const task = decode(TaskInput, await payloads.fromSwf(input ?? ''), `Task ${activityId}`)
      const { lastHeartbeat } = task
      const attempt = startAttempt(swf, payloads, implementation, {
        taskToken: taskToken ?? '',
        task,
        info: { ...execution, activityId, ...(lastHeartbeat === undefined ? {} : { lastHeartbeat }) },
        milliseconds: runTime(implementation),
        log: withFields({ attempt: task.attempt }, log),
      })
      metrics.attempted(implementation.activity.name, task.attempt)
      running.add(attempt)
      worked(await attempt.ended.finally(() => running.delete(attempt)))
    } catch (error) {
      log.error(errorFields(error), 'activity cannot be done here')
      const failure = writeFailure(error)
      await answer(
        () => swf.send(new RespondActivityTaskFailedCommand({ taskToken, ...failure })),
        AbortSignal.timeout(60_000),
        log,
      )
      worked('unknown')
    }
  }

  const timeOf = ({ activityType }: ActivityTask) => {
    const implementation = known.get(typeOf(activityType ?? {}))
    return implementation === undefined ? 60_000 : runTime(implementation) + 60_000
  }
  const pending = async () => {
    const command = new CountPendingActivityTasksCommand({ domain, taskList: { name: taskList } })
    const { count } = await swf.send(command, { abortSignal: AbortSignal.timeout(longestCountMs) })
    return { count }
  }
  const pollers = startPollers({
    concurrency,
    poll,
    handle,
    timeOf,
    polled: metrics.polled,
    silenceMs: longestSilence && toSeconds(longestSilence) * 1_000,
    logger,
  })

  return {
    lastSignOfLife: pollers.lastSignOfLife,
    metrics: () => metrics.text(secondsSince(pollers.lastSignOfLife()), pending),
    stop: async (deadlineMs) => {
      pollers.stop()
      const spare = Math.min(2_000, deadlineMs / 4)
      await ended(pollers.ended, deadlineMs - spare)
      await ended(Promise.all(Array.from(running, (attempt) => attempt.giveBack())), spare / 2)
      await ended(pollers.ended, spare / 2)
    },
  }
}

function typeOf({ name, version }: { name?: string | undefined; version?: string | undefined }): string {
  return `${name} ${version}`
}

function runTime({ activity }: Implementation): number {
  return Math.min(toSeconds(activity.timeouts.run) * 1_000, longestTimerMs)
}

/** Resolves when the work has ended or the time is over. */
async function ended(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const timer = new AbortController()
  await Promise.race([work, setTimeout(milliseconds, undefined, { signal: timer.signal }).catch(() => {})])
  timer.abort()
}
