import { virtualClock, type VirtualClock } from '../../time/virtual-clock.ts'
import { startAwsLocal } from '../../index.ts'
import { rawClient, type Call } from './swf-raw.ts'
import { comparable, eventsOf, type Attributes, type RecordedEvent, type Recording } from './swf-recording.ts'

/** Plays the calls of a recording to a server of its own, each at its time, and returns the responses of that server. */
export async function play(recording: Recording): Promise<Recording> {
  const { start, history, workflowType } = recording
  const clock = virtualClock(millis(workflowType.typeInfo.creationDate))
  await using aws = await startAwsLocal({ clock })
  const call = rawClient(aws.url)
  await register(call, recording)
  moveTo(clock, history[0]?.eventTimestamp ?? recording.openExecutions?.executionInfos[0]?.startTimestamp ?? 0)
  const { domain, workflowId } = start
  const { runId } = await call<{ runId: string }>('StartWorkflowExecution', start)
  const execution = { workflowId, runId }
  const filters = { domain, startTimeFilter: { oldestDate: 0 }, executionFilter: { workflowId } }
  const openExecutions = await call<Recording['openExecutions']>('ListOpenWorkflowExecutions', filters)
  await playEvents(call, clock, recording, execution)
  const played = await call<{ events: Parameters<typeof eventsOf>[0] }>('GetWorkflowExecutionHistory', {
    domain,
    execution,
  })
  return {
    start,
    workflowType: await call('DescribeWorkflowType', { domain, workflowType: start.workflowType }),
    openExecutions: same(openExecutions),
    description: same(await call<object>('DescribeWorkflowExecution', { domain, execution })),
    history: eventsOf(same(played).events),
  }
}

const same = <T>(value: T): T => JSON.parse(comparable(JSON.stringify(value)))
const millis = (seconds: number) => Math.round(seconds * 1000)
const moveTo = (clock: VirtualClock, seconds: number) => clock.advance(Math.max(0, millis(seconds) - clock.now()))

async function register(call: Call, { start, workflowType, history }: Recording): Promise<void> {
  const { domain } = start
  await call('RegisterDomain', { name: domain, workflowExecutionRetentionPeriodInDays: '90' })
  await call('RegisterWorkflowType', { domain, ...start.workflowType, ...workflowType.configuration })
  for (const { eventType, attributes } of history) {
    if (eventType === 'ActivityTaskScheduled')
      await call('RegisterActivityType', { domain, ...attributes.activityType }).catch(() => undefined)
    if (eventType === 'StartChildWorkflowExecutionInitiated')
      await call('RegisterWorkflowType', { domain, ...attributes.workflowType })
  }
}

/** Repeats each event that a client or a decision caused; the others must happen by themselves. */
async function playEvents(
  call: Call,
  clock: VirtualClock,
  { start, history }: Recording,
  execution: { workflowId: string; runId: string },
): Promise<void> {
  const { domain, taskList } = start
  const tokens = new Map<number, string>()
  const tokenOf = ({ scheduledEventId = 0 }: Attributes) => ({ taskToken: tokens.get(scheduledEventId) })

  /** Parent and child share a task list: a task of one is kept while looking for a task of the other. */
  const aside = new Map<string, string>()
  async function decisionTask(workflowId: string, identity?: string): Promise<string> {
    const kept = aside.get(workflowId)
    if (kept !== undefined) return kept
    type Task = { taskToken: string; workflowExecution: { workflowId: string } }
    const task = await call<Task>('PollForDecisionTask', { domain, taskList, identity })
    if (task.workflowExecution.workflowId === workflowId) return task.taskToken
    aside.set(task.workflowExecution.workflowId, task.taskToken)
    return decisionTask(workflowId, identity)
  }
  const moves: Record<string, (attributes: Attributes, event: RecordedEvent) => Promise<unknown>> = {
    async DecisionTaskStarted({ scheduledEventId = 0, identity }) {
      tokens.set(scheduledEventId, await decisionTask(execution.workflowId, identity))
    },
    async DecisionTaskCompleted(attributes, { eventId }) {
      const decided = history.filter((event) => event.attributes.decisionTaskCompletedEventId === eventId)
      await call('RespondDecisionTaskCompleted', { ...tokenOf(attributes), decisions: decided.map(decisionOf) })
    },
    async ActivityTaskStarted({ scheduledEventId = 0, identity }) {
      const task = await call<{ taskToken: string }>('PollForActivityTask', { domain, taskList, identity })
      tokens.set(scheduledEventId, task.taskToken)
    },
    ActivityTaskCompleted: (attributes) =>
      call('RespondActivityTaskCompleted', { ...attributes, ...tokenOf(attributes) }),
    ActivityTaskFailed: (attributes) => call('RespondActivityTaskFailed', { ...attributes, ...tokenOf(attributes) }),
    WorkflowExecutionSignaled: (attributes) => call('SignalWorkflowExecution', { domain, ...execution, ...attributes }),
    WorkflowExecutionCancelRequested: () => call('RequestCancelWorkflowExecution', { domain, ...execution }),
    async ChildWorkflowExecutionCompleted({ workflowExecution, result }) {
      const taskToken = await decisionTask(workflowExecution?.workflowId ?? '')
      const decisions = [decisionOf({ eventType: 'WorkflowExecutionCompleted', attributes: { result } })]
      await call('RespondDecisionTaskCompleted', { taskToken, decisions })
    },
  }
  for (const event of history) {
    moveTo(clock, event.eventTimestamp)
    await moves[event.eventType]?.(event.attributes, event)
  }
}

/** The decision that an event came from: named after it, with its attributes. */
function decisionOf({ eventType, attributes }: { eventType: string; attributes: object }) {
  const decisionType = {
    ActivityTaskScheduled: 'ScheduleActivityTask',
    StartChildWorkflowExecutionInitiated: 'StartChildWorkflowExecution',
    WorkflowExecutionCompleted: 'CompleteWorkflowExecution',
    WorkflowExecutionFailed: 'FailWorkflowExecution',
    WorkflowExecutionCanceled: 'CancelWorkflowExecution',
  }[eventType]
  if (decisionType === undefined) throw new Error(`No decision is known to write ${eventType}.`)
  return {
    decisionType,
    [`${decisionType.charAt(0).toLowerCase()}${decisionType.slice(1)}DecisionAttributes`]: attributes,
  }
}
