import type { HistoryEvent } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../../declare/declared-workflow.ts'
import { writeFailure } from '../../declare/failure.ts'
import { decide, type DecideOptions } from '../../replay/decide.ts'
import { inShort, recordOf } from './decision-events.ts'

/**
 * A history in the making, for tests of `decide` without a service: it plays SWF. `decides` lets the workflow decide on
 * all that was told since, writes what SWF would write of it, and gives the decisions in short: `activity Count.a#1`,
 * `timer sleep 10s`, `cancel timer sleep`, `complete {"total":1}`, `fail Count failed ...`.
 */
export interface Story {
  readonly events: HistoryEvent[]
  /** @param meanwhile is told while the decision is being taken: it comes too late for it, and SWF refuses an end then */
  decides(meanwhile?: () => void): Promise<string[]>
  /** A decider takes a decision task and dies. */
  decisionTimesOut(): void
  completed(id: string, output?: unknown): void
  failed(id: string, error: unknown, heartbeat?: unknown): void
  timedOut(id: string, kind: 'HEARTBEAT' | 'START_TO_CLOSE', details?: string): void
  canceled(id: string): void
  fired(id: string): void
  signaled(name: string, payload?: unknown): void
  cancelRequested(): void
  childCompleted(workflowId: string, output?: unknown): void
  childFailed(workflowId: string, reason: string): void
  childCanceled(workflowId: string): void
  /** The signal that was sent first of those without an answer arrived, or found no open execution. */
  signalSent(arrived: boolean): void
  /** Lets time pass. */
  later(milliseconds: number): void
  /** Any other event, as SWF would write it. */
  add(event: Partial<HistoryEvent>): number
}

export function tell(workflow: AnyWorkflow, input?: unknown, options?: DecideOptions): Story {
  const events: HistoryEvent[] = []
  let time = Date.UTC(2026, 0, 1)
  let signalsAnswered = 0

  const add = (event: Partial<HistoryEvent>): number => {
    const eventId = events.length + 1
    events.push({ eventType: undefined, ...event, eventId, eventTimestamp: new Date(time) })
    return eventId
  }
  const scheduledEventIdOf = (id: string): number => {
    const found = events.findLast((event) => event.activityTaskScheduledEventAttributes?.activityId === id)
    if (found?.eventId === undefined) throw new Error(`${id} was never scheduled`)
    return found.eventId
  }
  const startDecision = () => {
    const scheduledEventId = add({
      eventType: 'DecisionTaskScheduled',
      decisionTaskScheduledEventAttributes: { taskList: { name: 'decisions' } },
    })
    const startedEventId = add({
      eventType: 'DecisionTaskStarted',
      decisionTaskStartedEventAttributes: { scheduledEventId },
    })
    return { scheduledEventId, startedEventId }
  }
  const child = (workflowId: string) => {
    const { eventId = 0, startChildWorkflowExecutionInitiatedEventAttributes: initiated } =
      events.findLast(
        (event) => event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowId === workflowId,
      ) ?? {}
    return {
      workflowExecution: { workflowId, runId: 'run' },
      workflowType: initiated?.workflowType,
      initiatedEventId: eventId,
      startedEventId: 0,
    }
  }

  add({
    eventType: 'WorkflowExecutionStarted',
    workflowExecutionStartedEventAttributes: {
      childPolicy: 'TERMINATE',
      taskList: { name: 'decisions' },
      workflowType: { name: workflow.name, version: workflow.version },
      input: json(input),
    },
  })

  return {
    events,
    add,
    later: (milliseconds) => void (time += milliseconds),
    decides: async (meanwhile = () => {}) => {
      const task = startDecision()
      const decisions = await decide(workflow, events, options)
      const before = events.length
      meanwhile()
      const refused = events.length > before
      const decision = add({ eventType: 'DecisionTaskCompleted', decisionTaskCompletedEventAttributes: task })
      for (const each of decisions) add(recordOf(each, decision, refused))
      return decisions.map(inShort)
    },
    decisionTimesOut: () => {
      const decisionTaskTimedOutEventAttributes = { timeoutType: 'START_TO_CLOSE' as const, ...startDecision() }
      add({ eventType: 'DecisionTaskTimedOut', decisionTaskTimedOutEventAttributes })
    },
    completed: (id, output) =>
      void add({
        eventType: 'ActivityTaskCompleted',
        activityTaskCompletedEventAttributes: {
          scheduledEventId: scheduledEventIdOf(id),
          startedEventId: 0,
          result: json(output),
        },
      }),
    failed: (id, error, heartbeat) =>
      void add({
        eventType: 'ActivityTaskFailed',
        activityTaskFailedEventAttributes: {
          scheduledEventId: scheduledEventIdOf(id),
          startedEventId: 0,
          ...writeFailure(error, heartbeat),
        },
      }),
    timedOut: (id, timeoutType, details) =>
      void add({
        eventType: 'ActivityTaskTimedOut',
        activityTaskTimedOutEventAttributes: {
          scheduledEventId: scheduledEventIdOf(id),
          startedEventId: 0,
          timeoutType,
          details,
        },
      }),
    canceled: (id) =>
      void add({
        eventType: 'ActivityTaskCanceled',
        activityTaskCanceledEventAttributes: { scheduledEventId: scheduledEventIdOf(id), startedEventId: 0 },
      }),
    fired: (timerId) => {
      const started = events.findLast((event) => event.timerStartedEventAttributes?.timerId === timerId)
      add({
        eventType: 'TimerFired',
        timerFiredEventAttributes: { timerId, startedEventId: started?.eventId },
      })
    },
    signaled: (signalName, payload) =>
      void add({
        eventType: 'WorkflowExecutionSignaled',
        workflowExecutionSignaledEventAttributes: { signalName, input: json(payload) },
      }),
    cancelRequested: () =>
      void add({
        eventType: 'WorkflowExecutionCancelRequested',
        workflowExecutionCancelRequestedEventAttributes: { externalInitiatedEventId: 0 },
      }),
    childCompleted: (workflowId, output) =>
      void add({
        eventType: 'ChildWorkflowExecutionCompleted',
        childWorkflowExecutionCompletedEventAttributes: { ...child(workflowId), result: json(output) },
      }),
    childFailed: (workflowId, reason) =>
      void add({
        eventType: 'ChildWorkflowExecutionFailed',
        childWorkflowExecutionFailedEventAttributes: { ...child(workflowId), reason },
      }),
    childCanceled: (workflowId) =>
      void add({
        eventType: 'ChildWorkflowExecutionCanceled',
        childWorkflowExecutionCanceledEventAttributes: child(workflowId),
      }),
    signalSent: (arrived) => {
      const sent = events.filter(({ eventType }) => eventType === 'SignalExternalWorkflowExecutionInitiated')
      const initiatedEventId = sent[signalsAnswered]?.eventId
      signalsAnswered += 1
      if (arrived) {
        add({
          eventType: 'ExternalWorkflowExecutionSignaled',
          externalWorkflowExecutionSignaledEventAttributes: { workflowExecution: undefined, initiatedEventId },
        })
        return
      }
      add({
        eventType: 'SignalExternalWorkflowExecutionFailed',
        signalExternalWorkflowExecutionFailedEventAttributes: {
          workflowId: undefined,
          cause: 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION',
          initiatedEventId,
          decisionTaskCompletedEventId: 0,
        },
      })
    },
  }
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}
