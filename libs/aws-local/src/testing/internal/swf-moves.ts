import { decisionOf, decisionsOf } from './swf-decisions.ts'
import type { Attributes, RecordedEvent, Recording } from './swf-recording.ts'
import type { Call } from './swf-raw.ts'
import { standIns } from './swf-stand-ins.ts'

type Move = (attributes: Attributes, event: RecordedEvent) => Promise<unknown>

/** The calls that repeat a history. */
export interface Moves {
  /** To be called once, before the first event after the start. */
  prepare(): Promise<void>
  /** Repeats an event that a client, a decision or another execution caused; the others must happen by themselves. */
  repeat(event: RecordedEvent): Promise<void>
  heartbeat(scheduledEventId: number, details: string | undefined): Promise<void>
}

export function movesOf(call: Call, recording: Recording, execution: { workflowId: string; runId: string }): Moves {
  const { history, start } = recording
  const { domain } = start
  const others = standIns(call, recording)
  const tokens = new Map<number, string>()
  const tokenOf = ({ scheduledEventId = 0 }: Attributes) => ({ taskToken: tokens.get(scheduledEventId) })
  const scheduled = ({ scheduledEventId = 0, initiatedEventId = scheduledEventId }: Attributes) =>
    history[initiatedEventId - 1]?.attributes ?? {}
  const decisionTask = taskSeeker(call, 'PollForDecisionTask', domain, (task) => task.workflowExecution?.workflowId)
  const activityTask = taskSeeker(call, 'PollForActivityTask', domain, (task) => task.activityId)

  const child = ({ workflowExecution }: Attributes) => workflowExecution?.workflowId ?? ''
  /** Lets a child close by the decision that writes `eventType` in its own history. */
  const closeChild =
    (eventType: string): Move =>
    async (attributes) => {
      const taskToken = await decisionTask(child(attributes), scheduled(attributes).taskList)
      await call('RespondDecisionTaskCompleted', { taskToken, decisions: [decisionOf({ eventType, attributes })] })
    }
  const respond =
    (operation: string): Move =>
    (attributes) =>
      call(operation, { ...attributes, ...tokenOf(attributes) })
  /** Received from a client, or from another execution. */
  const received =
    (operation: string): Move =>
    (attributes, event) =>
      attributes.externalWorkflowExecution === undefined
        ? call(operation, { domain, ...execution, ...attributes })
        : others.send(event, execution.workflowId)

  const moves: Record<string, Move> = {
    async DecisionTaskStarted(attributes) {
      const { scheduledEventId = 0, identity } = attributes
      tokens.set(scheduledEventId, await decisionTask(execution.workflowId, scheduled(attributes).taskList, identity))
    },
    DecisionTaskCompleted: (attributes, { eventId }) =>
      call('RespondDecisionTaskCompleted', {
        ...attributes,
        ...tokenOf(attributes),
        decisions: decisionsOf(history, eventId),
      }),
    async ActivityTaskStarted(attributes) {
      const { scheduledEventId = 0, identity } = attributes
      const { activityId = '', taskList } = scheduled(attributes)
      tokens.set(scheduledEventId, await activityTask(activityId, taskList, identity))
    },
    ActivityTaskCompleted: respond('RespondActivityTaskCompleted'),
    ActivityTaskFailed: respond('RespondActivityTaskFailed'),
    // One that no worker had is canceled by the decision.
    ActivityTaskCanceled: async (attributes, event) =>
      attributes.startedEventId === 0 ? undefined : respond('RespondActivityTaskCanceled')(attributes, event),
    WorkflowExecutionSignaled: received('SignalWorkflowExecution'),
    WorkflowExecutionCancelRequested: received('RequestCancelWorkflowExecution'),
    WorkflowExecutionTerminated: (attributes) =>
      call('TerminateWorkflowExecution', { domain, ...execution, ...attributes }),
    ChildWorkflowExecutionCompleted: closeChild('WorkflowExecutionCompleted'),
    ChildWorkflowExecutionFailed: closeChild('WorkflowExecutionFailed'),
    ChildWorkflowExecutionCanceled: closeChild('WorkflowExecutionCanceled'),
    ChildWorkflowExecutionTerminated: (attributes) =>
      call('TerminateWorkflowExecution', { domain, workflowId: child(attributes) }),
  }
  return {
    prepare: () => others.start(),
    repeat: async (event) => void (await moves[event.eventType]?.(event.attributes, event)),
    heartbeat: async (scheduledEventId, details) =>
      void (await call('RecordActivityTaskHeartbeat', { ...tokenOf({ scheduledEventId }), details })),
  }
}

interface Task {
  taskToken?: string
  activityId?: string
  workflowExecution?: { workflowId: string }
}

/**
 * Polls a task list until it gives the task of one execution or activity. Tasks of others, with which it shares the list, are
 * kept until they are looked for.
 */
function taskSeeker(call: Call, operation: string, domain: string, nameOf: (task: Task) => string | undefined) {
  const kept = new Map<string, string>()
  return async (wanted: string, taskList: { name: string } | undefined, identity?: string): Promise<string> => {
    for (;;) {
      const before = kept.get(wanted)
      kept.delete(wanted)
      if (before !== undefined) return before
      const task = await call<Task>(operation, { domain, taskList, identity })
      if (task.taskToken === undefined) throw new Error(`${taskList?.name} has no task of ${wanted}.`)
      kept.set(nameOf(task) ?? '', task.taskToken)
    }
  }
}
