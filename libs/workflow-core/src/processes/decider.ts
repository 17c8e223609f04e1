import { hostname } from 'node:os'
import {
  CountPendingDecisionTasksCommand,
  type Decision,
  type DecisionTask,
  type HistoryEvent,
  paginateGetWorkflowExecutionHistory,
  type SWFClient,
} from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { plainCallsOf } from './plain-calls.ts'
import { respond } from './respond.ts'
import { createMetrics } from './metrics.ts'
import { countTimeoutMs, type Loop, secondsSince, startPollers, abortable } from './pollers.ts'
import { timeLimit } from './time-limit.ts'
import { trimClient } from './trimmed-client.ts'
import { failure } from '../replay/closing.ts'
import { createExecutionCache } from '../replay/execution-cache.ts'
import { surviveUnhandledRejections } from '../replay/unhandled-rejections.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { errorFields } from '../values/error-text.ts'
import { MalformedHistoryError, UnknownWorkflowError } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { type Logger, withFields } from '../values/logger.ts'
import { createPayloads, type PayloadStore } from '../values/payload-store.ts'

/** Options of {@link startDecider}. */
export interface DeciderOptions {
  /** Client of this decider alone: each poll holds a socket for a minute. */
  readonly swf: SWFClient
  readonly domain: string
  readonly taskList: string
  /** Workflows, in every version that may still have open executions. */
  readonly workflows: readonly AnyWorkflow[]
  /** Maximum number of concurrent decisions. */
  readonly concurrency: number
  /** Upper limit for declared heartbeat time-outs, so that a local environment notices a dead worker sooner. */
  readonly maxHeartbeatTimeout?: Duration
  /** Store for values that are too long for SWF. Absent: such values fail. */
  readonly store?: PayloadStore
  /** Maximum silence of a poller before the process sends itself SIGTERM. Default three minutes. */
  readonly stallTimeout?: Duration
  readonly logger: Logger
}

/** A decision task with all events since the previous decision. */
type Task = DecisionTask & { readonly taskToken: string }

/** A decision takes milliseconds; a poller that works on one for longer than this is stuck. */
const maxDecisionMs = 60_000

/** Maximum number of executions in the cache; each takes about as much memory as the values of its steps. */
const maxCachedExecutions = 500

/**
 * Starts a decider, which polls a task list and decides for its executions until stopped. If `decide` throws (the code does
 * not match the history), it logs an error and does not respond: SWF gives out the task again after its time-out, so a
 * roll-back fixes it. It fails executions of unknown workflows with a reason that says so.
 */
export function startDecider({
  swf,
  domain,
  taskList,
  workflows,
  concurrency,
  maxHeartbeatTimeout,
  store,
  stallTimeout,
  logger,
}: DeciderOptions): Loop {
  trimClient(swf)
  const calls = plainCallsOf(swf)
  const identity = `${hostname()} ${process.pid}`
  const known = new Map(workflows.map((each) => [`${each.name} ${each.version}`, each]))
  const metrics = createMetrics({ loop: 'decider', task_list: taskList })
  const payloads = createPayloads(store)
  const cache = createExecutionCache(maxCachedExecutions)
  const rejections = surviveUnhandledRejections(logger)

  const poll = async (abortSignal: AbortSignal): Promise<Task | undefined> => {
    const query = {
      domain,
      taskList: { name: taskList },
      identity,
      maximumPageSize: 1_000,
      startAtPreviousStartedEvent: true,
    }
    const { taskToken, ...task } = await calls.pollForDecisionTask(query, abortSignal)
    if (taskToken === undefined || taskToken === '') return undefined
    const events = [...(task.events ?? [])]
    for (let { nextPageToken } = task; nextPageToken !== undefined;) {
      const page = await calls.pollForDecisionTask({ ...query, nextPageToken }, abortSignal)
      events.push(...(page.events ?? []))
      nextPageToken = page.nextPageToken
    }
    return { ...task, events, taskToken }
  }

  const handle = async ({ taskToken, workflowExecution, workflowType, events = [] }: Task) => {
    const execution = { workflowId: workflowExecution?.workflowId ?? '', runId: workflowExecution?.runId ?? '' }
    const type = `${workflowType?.name} ${workflowType?.version}`
    const log = withFields({ ...execution, workflow: type }, logger)
    const began = performance.now()
    const worked = (outcome: string) =>
      metrics.worked(workflowType?.name ?? '', outcome, (performance.now() - began) / 1_000)
    try {
      const workflow = known.get(type)
      const decisions: Decision[] =
        workflow === undefined
          ? [failure(new UnknownWorkflowError(type, taskList)).decision]
          : await cache.decide(
              workflow,
              execution.runId,
              {
                events: await payloads.eventsFromSwf(events),
                readHistory: async () => payloads.eventsFromSwf(await wholeHistory(swf, domain, execution, events)),
              },
              {
                execution,
                log,
                maxPayloadLength: payloads.maxLength,
                ...(maxHeartbeatTimeout === undefined ? {} : { maxHeartbeatTimeout }),
              },
            )
      if (workflow === undefined) log.error({}, 'execution failed: this decider has no code for its workflow')
      const response = { taskToken, decisions: await payloads.decisionsToSwf(decisions) }
      const limit = timeLimit(maxDecisionMs)
      await respond(() => calls.respondDecisionTaskCompleted(response), limit.signal, log).finally(limit.release)
      worked(workflow === undefined ? 'unknown' : 'decided')
    } catch (error) {
      worked('refused')
      log.error(errorFields(error, { stack: true }), 'no decision made')
    }
  }

  const pending = async () => {
    const command = new CountPendingDecisionTasksCommand({ domain, taskList: { name: taskList } })
    const { count } = await swf.send(command, { abortSignal: AbortSignal.timeout(countTimeoutMs) })
    return { count }
  }
  const pollers = startPollers({
    concurrency,
    poll,
    handle,
    timeOf: () => maxDecisionMs,
    polled: metrics.polled,
    stallTimeoutMs: stallTimeout && toSeconds(stallTimeout) * 1_000,
    logger,
  })
  return {
    lastSignOfLife: pollers.lastSignOfLife,
    metrics: () => metrics.text(secondsSince(pollers.lastSignOfLife()), pending),
    stop: async (deadlineMs) => {
      pollers.stop()
      await abortable(() => pollers.ended, AbortSignal.timeout(deadlineMs)).catch(() => {})
      rejections.stop()
    },
  }
}

/**
 * Reads the history up to the last of the newest events, which came with the task. SWF has had older events for at least
 * one decision, so they are read there; if some are missing nevertheless, that is an error, and they are read again when
 * SWF gives out the task again.
 * @throws MalformedHistoryError
 */
async function wholeHistory(
  swf: SWFClient,
  domain: string,
  execution: Execution,
  newest: readonly HistoryEvent[],
): Promise<readonly HistoryEvent[]> {
  const first = newest[0]?.eventId ?? 1
  if (first === 1) return newest
  const older: HistoryEvent[] = []
  const pages = paginateGetWorkflowExecutionHistory({ client: swf, pageSize: 1_000 }, { domain, execution })
  for await (const { events = [] } of pages) {
    older.push(...events.filter(({ eventId = 0 }) => eventId < first))
    if (older.length === first - 1) return [...older, ...newest]
  }
  throw new MalformedHistoryError(`SWF returned only ${older.length} of the ${first - 1} events before event ${first}.`)
}
