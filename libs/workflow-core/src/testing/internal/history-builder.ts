import type { HistoryEvent } from '@aws-sdk/client-swf'
import type { AnyWorkflow } from '../../declare/declared-workflow.ts'
import { writeFailure } from '../../declare/failure.ts'
import { decide, type DecideOptions } from '../../replay/decide.ts'
import { summarize, eventFor } from './decision-events.ts'

/**
 * Builds a history for tests of `decide`, in place of SWF. `decide` lets the workflow decide on the events added since,
 * adds the events that SWF would record, and returns summaries of the decisions: `activity Count.a#1`, `timer sleep 10s`,
 * `cancel timer sleep`, `complete {"total":1}`, `fail Count failed ...`.
 */
export interface HistoryBuilder {
  readonly events: HistoryEvent[]
  /** Decides. @param meanwhile adds events while the decision is being made: it does not see them, and SWF rejects a close */
  decide(meanwhile?: () => void): Promise<string[]>
  /** Adds a decision task that a decider started and never completed. */
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
  /** Adds the result of the first external signal without one: delivered, or no open execution found. */
  signalSent(arrived: boolean): void
  /** Advances the time. */
  later(milliseconds: number): void
  /** Adds any other event, and returns its id. */
  add(event: Partial<HistoryEvent>): number
}

/** Starts a history with the start of an execution. */
export function buildHistory(workflow: AnyWorkflow, input?: unknown, options?: DecideOptions): HistoryBuilder {
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
    decide: async (meanwhile = () => {}) => {
      const task = startDecision()
      const decisions = await decide(workflow, events, options)
      const before = events.length
      meanwhile()
      const refused = events.length > before
      const decision = add({ eventType: 'DecisionTaskCompleted', decisionTaskCompletedEventAttributes: task })
      for (const each of decisions) add(eventFor(each, decision, refused))
      return decisions.map(summarize)
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
