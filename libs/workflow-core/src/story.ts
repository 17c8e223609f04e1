import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'
import { decide, type DecideOptions } from './decide.ts'
import { writeFailure } from './failure.ts'
import type { AnyWorkflow } from './workflow.ts'

/**
 * A history in the making, for tests of `decide` without a service: it plays SWF. `decides` lets the workflow decide on
 * all that was told since, writes what SWF would write of it, and gives the decisions in short: `activity Count.a#1`,
 * `timer sleep 10s`, `cancel timer sleep`, `complete {"total":1}`, `fail Count failed ...`.
 */
export interface Story {
  readonly events: HistoryEvent[]
  decides(): Promise<string[]>
  completed(id: string, output?: unknown): void
  failed(id: string, error: unknown, heartbeat?: unknown): void
  timedOut(id: string, kind: string, details?: string): void
  fired(id: string): void
  signaled(name: string, payload?: unknown): void
  /** Lets time pass. */
  later(milliseconds: number): void
  /** Any other event, as SWF would write it. */
  add(event: Partial<HistoryEvent>): number
}

export function tell(workflow: AnyWorkflow, input?: unknown, options?: DecideOptions): Story {
  const events: HistoryEvent[] = []
  let time = Date.UTC(2026, 0, 1)

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

  add({
    eventType: 'WorkflowExecutionStarted',
    workflowExecutionStartedEventAttributes: {
      childPolicy: 'TERMINATE',
      taskList: { name: 'decisions' },
      workflowType: { name: workflow.name, version: workflow.version },
      ...text(input),
    },
  })

  return {
    events,
    add,
    later: (milliseconds) => void (time += milliseconds),
    decides: async () => {
      const scheduledEventId = add({
        eventType: 'DecisionTaskScheduled',
        decisionTaskScheduledEventAttributes: { taskList: { name: 'decisions' } },
      })
      const startedEventId = add({
        eventType: 'DecisionTaskStarted',
        decisionTaskStartedEventAttributes: { scheduledEventId },
      })
      const decisions = await decide(workflow, events, options)
      const decisionTaskCompletedEventId = add({
        eventType: 'DecisionTaskCompleted',
        decisionTaskCompletedEventAttributes: { scheduledEventId, startedEventId },
      })
      for (const decision of decisions) add(recorded(decision, decisionTaskCompletedEventId))
      return decisions.map(inShort)
    },
    completed: (id, output) =>
      void add({
        eventType: 'ActivityTaskCompleted',
        activityTaskCompletedEventAttributes: {
          scheduledEventId: scheduledEventIdOf(id),
          startedEventId: 0,
          ...(output === undefined ? {} : { result: JSON.stringify(output) }),
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
    timedOut: (id, kind, details) =>
      void add({
        eventType: 'ActivityTaskTimedOut',
        activityTaskTimedOutEventAttributes: {
          scheduledEventId: scheduledEventIdOf(id),
          startedEventId: 0,
          timeoutType: kind === 'HEARTBEAT' ? 'HEARTBEAT' : 'START_TO_CLOSE',
          ...(details === undefined ? {} : { details }),
        },
      }),
    fired: (timerId) =>
      void add({ eventType: 'TimerFired', timerFiredEventAttributes: { timerId, startedEventId: 0 } }),
    signaled: (signalName, payload) =>
      void add({
        eventType: 'WorkflowExecutionSignaled',
        workflowExecutionSignaledEventAttributes: { signalName, ...text(payload) },
      }),
  }
}

function text(value: unknown): { input?: string } {
  return value === undefined ? {} : { input: JSON.stringify(value) }
}

/** The event that SWF writes for a decision it can carry out. */
function recorded(decision: Decision, decisionTaskCompletedEventId: number): Partial<HistoryEvent> {
  const {
    scheduleActivityTaskDecisionAttributes: schedule,
    startTimerDecisionAttributes: start,
    cancelTimerDecisionAttributes: cancel,
  } = decision
  if (schedule !== undefined) {
    return {
      eventType: 'ActivityTaskScheduled',
      activityTaskScheduledEventAttributes: { taskList: undefined, ...schedule, decisionTaskCompletedEventId },
    }
  }
  if (start !== undefined) {
    return { eventType: 'TimerStarted', timerStartedEventAttributes: { ...start, decisionTaskCompletedEventId } }
  }
  if (cancel !== undefined) {
    return {
      eventType: 'TimerCanceled',
      timerCanceledEventAttributes: { ...cancel, startedEventId: 0, decisionTaskCompletedEventId },
    }
  }
  const { completeWorkflowExecutionDecisionAttributes: complete, failWorkflowExecutionDecisionAttributes: fail } =
    decision
  if (complete !== undefined) {
    return {
      eventType: 'WorkflowExecutionCompleted',
      workflowExecutionCompletedEventAttributes: { ...complete, decisionTaskCompletedEventId },
    }
  }
  return {
    eventType: 'WorkflowExecutionFailed',
    workflowExecutionFailedEventAttributes: { ...fail, decisionTaskCompletedEventId },
  }
}

/** A decision in a few words. */
export function inShort(decision: Decision): string {
  const {
    scheduleActivityTaskDecisionAttributes: schedule,
    startTimerDecisionAttributes: start,
    cancelTimerDecisionAttributes: cancel,
  } = decision
  if (schedule !== undefined) return `activity ${schedule.activityId}`
  if (start !== undefined) return `timer ${start.timerId} ${start.startToFireTimeout}s`
  if (cancel !== undefined) return `cancel timer ${cancel.timerId}`
  if (decision.decisionType === 'CompleteWorkflowExecution') {
    return `complete ${decision.completeWorkflowExecutionDecisionAttributes?.result ?? ''}`.trim()
  }
  return `fail ${decision.failWorkflowExecutionDecisionAttributes?.reason}`
}
