import type { HistoryEvent, WorkflowExecution } from '@aws-sdk/client-swf'
import type { ChildFailure } from '../values/errors.ts'
import { given, idOf } from './event.ts'

/** What the history tells the workflow; `id` is that of the attempt, the timer, the child or the sending meant. */
export type Happening =
  | { readonly kind: 'started'; readonly start: Start }
  | { readonly kind: 'cancelRequested' }
  | { readonly kind: 'signaled'; readonly name: string; readonly input: string | undefined }
  | { readonly kind: 'completed'; readonly id: string; readonly result: string | undefined }
  | {
      readonly kind: 'failed'
      readonly id: string
      readonly reason: string | undefined
      readonly details: string | undefined
    }
  | { readonly kind: 'timedOut'; readonly id: string; readonly timeout: string; readonly details: string | undefined }
  | { readonly kind: 'canceled'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string; readonly cause: string }
  | { readonly kind: 'timerFired'; readonly id: string }
  | { readonly kind: 'timerRefused'; readonly id: string; readonly cause: string }
  | { readonly kind: 'childCompleted'; readonly id: string; readonly result: string | undefined }
  | ChildEnded
  | { readonly kind: 'signalSent'; readonly id: string; readonly arrived: boolean }

/** What the execution was started with, as far as it is passed on. */
export type Start = NonNullable<HistoryEvent['workflowExecutionStartedEventAttributes']>

interface ChildEnded {
  readonly kind: 'childEnded'
  readonly id: string
  readonly how: ChildFailure['how']
  readonly reason: string
  readonly details: string
}

/** Reads events in order; it remembers what each initiating event was about, for later events name only that event. */
export function createReader(): (event: HistoryEvent) => Happening | undefined {
  const initiated = new Map<number, string>()
  const begun = (event: HistoryEvent, by: number | undefined, attribute: string): string =>
    given(event, initiated.get(given(event, by, attribute)), `${attribute} of an earlier event`)

  return (event) => {
    switch (event.eventType) {
      case 'WorkflowExecutionStarted':
        return { kind: 'started', start: given(event, event.workflowExecutionStartedEventAttributes, 'attributes') }
      case 'WorkflowExecutionCancelRequested':
        return { kind: 'cancelRequested' }
      case 'WorkflowExecutionSignaled': {
        const { signalName, input } = event.workflowExecutionSignaledEventAttributes ?? {}
        return { kind: 'signaled', name: given(event, signalName, 'signalName'), input }
      }
      case 'ActivityTaskScheduled':
        initiated.set(idOf(event), given(event, event.activityTaskScheduledEventAttributes?.activityId, 'activityId'))
        return undefined
      case 'ActivityTaskCompleted': {
        const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {}
        return { kind: 'completed', id: begun(event, scheduledEventId, 'scheduledEventId'), result }
      }
      case 'ActivityTaskFailed': {
        const { scheduledEventId, reason, details } = event.activityTaskFailedEventAttributes ?? {}
        return { kind: 'failed', id: begun(event, scheduledEventId, 'scheduledEventId'), reason, details }
      }
      case 'ActivityTaskTimedOut': {
        const { scheduledEventId, timeoutType, details } = event.activityTaskTimedOutEventAttributes ?? {}
        const timeout = given(event, timeoutType, 'timeoutType')
        return { kind: 'timedOut', id: begun(event, scheduledEventId, 'scheduledEventId'), timeout, details }
      }
      case 'ActivityTaskCanceled': {
        const { scheduledEventId } = event.activityTaskCanceledEventAttributes ?? {}
        return { kind: 'canceled', id: begun(event, scheduledEventId, 'scheduledEventId') }
      }
      case 'ScheduleActivityTaskFailed': {
        const { activityId, cause } = event.scheduleActivityTaskFailedEventAttributes ?? {}
        return { kind: 'refused', id: given(event, activityId, 'activityId'), cause: given(event, cause, 'cause') }
      }
      case 'TimerFired':
        return { kind: 'timerFired', id: given(event, event.timerFiredEventAttributes?.timerId, 'timerId') }
      case 'StartTimerFailed': {
        const { timerId, cause } = event.startTimerFailedEventAttributes ?? {}
        return { kind: 'timerRefused', id: given(event, timerId, 'timerId'), cause: given(event, cause, 'cause') }
      }
      case 'SignalExternalWorkflowExecutionInitiated': {
        const { control } = event.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {}
        initiated.set(idOf(event), given(event, control, 'control'))
        return undefined
      }
      case 'ExternalWorkflowExecutionSignaled': {
        const { initiatedEventId } = event.externalWorkflowExecutionSignaledEventAttributes ?? {}
        return { kind: 'signalSent', id: begun(event, initiatedEventId, 'initiatedEventId'), arrived: true }
      }
      case 'SignalExternalWorkflowExecutionFailed': {
        const { initiatedEventId = 0, control } = event.signalExternalWorkflowExecutionFailedEventAttributes ?? {}
        const id = initiated.get(initiatedEventId) ?? given(event, control, 'control')
        return { kind: 'signalSent', id, arrived: false }
      }
      default:
        return childHappening(event)
    }
  }
}

function childHappening(event: HistoryEvent): Happening | undefined {
  const ended = (
    child: { readonly workflowExecution: WorkflowExecution | undefined } | undefined,
    how: ChildFailure['how'],
    reason = 'no reason given',
    details = '',
  ): ChildEnded => ({ kind: 'childEnded', id: childOf(event, child), how, reason, details })

  switch (event.eventType) {
    case 'ChildWorkflowExecutionCompleted': {
      const child = event.childWorkflowExecutionCompletedEventAttributes
      return { kind: 'childCompleted', id: childOf(event, child), result: child?.result }
    }
    case 'ChildWorkflowExecutionFailed': {
      const child = event.childWorkflowExecutionFailedEventAttributes
      return ended(child, 'failed', child?.reason, child?.details)
    }
    case 'ChildWorkflowExecutionTimedOut':
      return ended(
        event.childWorkflowExecutionTimedOutEventAttributes,
        'timed out',
        'it lasted longer than its time-out',
      )
    case 'ChildWorkflowExecutionCanceled': {
      const child = event.childWorkflowExecutionCanceledEventAttributes
      return ended(child, 'canceled', 'it was cancelled', child?.details)
    }
    case 'ChildWorkflowExecutionTerminated':
      return ended(event.childWorkflowExecutionTerminatedEventAttributes, 'terminated')
    case 'StartChildWorkflowExecutionFailed': {
      const { workflowId, cause } = event.startChildWorkflowExecutionFailedEventAttributes ?? {}
      return ended({ workflowExecution: { workflowId, runId: undefined } }, 'refused', cause)
    }
    default:
      return undefined
  }
}

function childOf(
  event: HistoryEvent,
  child: { readonly workflowExecution: WorkflowExecution | undefined } | undefined,
) {
  return given(event, child?.workflowExecution?.workflowId, 'workflowId of the child')
}
