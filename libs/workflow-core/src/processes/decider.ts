import { hostname } from 'node:os'
import {
  CountPendingDecisionTasksCommand,
  type Decision,
  type DecisionTask,
  type HistoryEvent,
  paginateGetWorkflowExecutionHistory,
  PollForDecisionTaskCommand,
  RespondDecisionTaskCompletedCommand,
  type SWFClient,
} from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import { answer } from './answer.ts'
import { createMetrics } from './metrics.ts'
import { longestCountMs, type Loop, secondsSince, startPollers, within } from './pollers.ts'
import { timeLimit } from './time-limit.ts'
import { leanClient } from './trimmed-client.ts'
import { failure } from '../replay/closing.ts'
import { createHotExecutions } from '../replay/execution-cache.ts'
import { survivingRejections } from '../replay/rejections.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { errorFields } from '../values/error-text.ts'
import { MalformedHistory, UnknownWorkflow } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { type Logger, withFields } from '../values/logger.ts'
import { createPayloads, type PayloadStore } from '../values/payload-store.ts'

export interface DeciderOptions {
  /** A client of its own: each poll holds a socket for a minute. */
  readonly swf: SWFClient
  readonly domain: string
  readonly taskList: string
  /** Every version that may still be running. */
  readonly workflows: readonly AnyWorkflow[]
  /** How many decisions at once. */
  readonly concurrency: number
  /** Caps the heartbeat time-outs that activities declare: a local environment notices a dead worker sooner. */
  readonly heartbeat?: Duration
  /** For values that are too long for SWF. Absent: those fail. */
  readonly store?: PayloadStore
  /** How long a poller may hear nothing of SWF before the process ends itself by SIGTERM. Default three minutes. */
  readonly longestSilence?: Duration
  readonly logger: Logger
}

/** A decision task with what happened since the decision before, from all its pages. */
type Task = DecisionTask & { readonly taskToken: string }

/** A decision is a matter of milliseconds; after this a poller that still works on one is stuck. */
const longestDecisionMs = 60_000

/** How many executions are carried along; each takes about as much memory as its steps' values. */
const mostHot = 500

/**
 * Decides for the executions of one task list until stopped. Where `decide` refuses (the code is not that of the
 * history), nothing is answered but an error is logged: SWF gives the task again after its time-out, and a roll-back
 * heals it. An execution of a workflow that it does not know is failed, with a reason that says so.
 */
export function startDecider({
  swf,
  domain,
  taskList,
  workflows,
  concurrency,
  heartbeat,
  store,
  longestSilence,
  logger,
}: DeciderOptions): Loop {
  leanClient(swf)
  const identity = `${hostname()} ${process.pid}`
  const known = new Map(workflows.map((each) => [`${each.name} ${each.version}`, each]))
  const metrics = createMetrics({ loop: 'decider', task_list: taskList })
  const payloads = createPayloads(store)
  const hot = createHotExecutions(mostHot)
  const rejections = survivingRejections(logger)

  const poll = async (abortSignal: AbortSignal): Promise<Task | undefined> => {
    const query = {
      domain,
      taskList: { name: taskList },
      identity,
      maximumPageSize: 1_000,
      startAtPreviousStartedEvent: true,
    }
    const { taskToken, ...task } = await swf.send(new PollForDecisionTaskCommand(query), { abortSignal })
    if (taskToken === undefined || taskToken === '') return undefined
    const events = [...(task.events ?? [])]
    for (let { nextPageToken } = task; nextPageToken !== undefined;) {
      const page = await swf.send(new PollForDecisionTaskCommand({ ...query, nextPageToken }), { abortSignal })
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
          ? [failure(new UnknownWorkflow(type, taskList)).decision]
          : await hot.decide(
              workflow,
              execution.runId,
              {
                events: await payloads.eventsFromSwf(events),
                whole: async () => payloads.eventsFromSwf(await wholeHistory(swf, domain, execution, events)),
              },
              {
                execution,
                log,
                longestPayload: payloads.longest,
                ...(heartbeat === undefined ? {} : { heartbeat }),
              },
            )
      if (workflow === undefined) log.error({}, 'execution failed: no code for its workflow here')
      const told = await payloads.decisionsToSwf(decisions)
      const command = new RespondDecisionTaskCompletedCommand({ taskToken, decisions: told })
      const limit = timeLimit(longestDecisionMs)
      await answer(() => swf.send(command), limit.signal, log).finally(limit.release)
      worked(workflow === undefined ? 'unknown' : 'decided')
    } catch (error) {
      worked('refused')
      log.error(errorFields(error, { stack: true }), 'nothing decided')
    }
  }

  const pending = async () => {
    const command = new CountPendingDecisionTasksCommand({ domain, taskList: { name: taskList } })
    const { count } = await swf.send(command, { abortSignal: AbortSignal.timeout(longestCountMs) })
    return { count }
  }
  const pollers = startPollers({
    concurrency,
    poll,
    handle,
    timeOf: () => longestDecisionMs,
    polled: metrics.polled,
    silenceMs: longestSilence && toSeconds(longestSilence) * 1_000,
    logger,
  })
  return {
    lastSignOfLife: pollers.lastSignOfLife,
    metrics: () => metrics.text(secondsSince(pollers.lastSignOfLife()), pending),
    stop: async (deadlineMs) => {
      pollers.stop()
      await within(() => pollers.ended, AbortSignal.timeout(deadlineMs)).catch(() => {})
      rejections.stop()
    },
  }
}

/**
 * The history up to the last of the newest events, which are all that the task itself brought. What is older SWF has
 * known for at least one decision, so it is read there; what is missing nevertheless is an error, and is read again when
 * SWF gives the task again.
 * @throws MalformedHistory
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
  throw new MalformedHistory(`SWF gave ${older.length} of the ${first - 1} events before event ${first}.`)
}
