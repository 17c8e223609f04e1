import type { HistoryEvent, WorkflowExecution } from '@aws-sdk/client-swf'
import type { ChildFailure } from '../values/errors.ts'
import { parseJson } from '../values/payload.ts'
import { retryNowSignal } from '../values/retry-now-signal.ts'
import { required, idOf } from './event-attributes.ts'

/** An event of the history that workflow code can see; `id` names the attempt, timer, child or external signal. */
export type WorkflowEvent =
  | { readonly kind: 'started'; readonly start: Start }
  | { readonly kind: 'cancelRequested' }
  | { readonly kind: 'signaled'; readonly name: string; readonly input: string | undefined }
  /** The retry with this id of its attempt is to begin at once. */
  | { readonly kind: 'retryNow'; readonly id: string }
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

/** The attributes with which an execution was started. */
export type Start = NonNullable<HistoryEvent['workflowExecutionStartedEventAttributes']>

interface ChildEnded {
  readonly kind: 'childEnded'
  readonly id: string
  readonly how: ChildFailure['how']
  readonly reason: string
  readonly details: string
}

/** Creates a reader for events in order; it remembers initiating events, because later events refer to them by id. */
export function createEventReader(): (event: HistoryEvent) => WorkflowEvent | undefined {
  const initiated = new Map<number, string>()
  const initiatedBy = (event: HistoryEvent, by: number | undefined, attribute: string): string =>
    required(event, initiated.get(required(event, by, attribute)), `${attribute} of an earlier event`)

  return (event) => {
    switch (event.eventType) {
      case 'WorkflowExecutionStarted':
        return { kind: 'started', start: required(event, event.workflowExecutionStartedEventAttributes, 'attributes') }
      case 'WorkflowExecutionCancelRequested':
        return { kind: 'cancelRequested' }
      case 'WorkflowExecutionSignaled': {
        const { signalName, input } = event.workflowExecutionSignaledEventAttributes ?? {}
        if (signalName !== retryNowSignal)
          return { kind: 'signaled', name: required(event, signalName, 'signalName'), input }
        const id = parseJson(input ?? '')
        return typeof id === 'string' ? { kind: 'retryNow', id } : undefined
      }
      case 'ActivityTaskScheduled':
        initiated.set(
          idOf(event),
          required(event, event.activityTaskScheduledEventAttributes?.activityId, 'activityId'),
        )
        return undefined
      case 'ActivityTaskCompleted': {
        const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {}
        return { kind: 'completed', id: initiatedBy(event, scheduledEventId, 'scheduledEventId'), result }
      }
      case 'ActivityTaskFailed': {
        const { scheduledEventId, reason, details } = event.activityTaskFailedEventAttributes ?? {}
        return { kind: 'failed', id: initiatedBy(event, scheduledEventId, 'scheduledEventId'), reason, details }
      }
      case 'ActivityTaskTimedOut': {
        const { scheduledEventId, timeoutType, details } = event.activityTaskTimedOutEventAttributes ?? {}
        const timeout = required(event, timeoutType, 'timeoutType')
        return { kind: 'timedOut', id: initiatedBy(event, scheduledEventId, 'scheduledEventId'), timeout, details }
      }
      case 'ActivityTaskCanceled': {
        const { scheduledEventId } = event.activityTaskCanceledEventAttributes ?? {}
        return { kind: 'canceled', id: initiatedBy(event, scheduledEventId, 'scheduledEventId') }
      }
      case 'ScheduleActivityTaskFailed': {
        const { activityId, cause } = event.scheduleActivityTaskFailedEventAttributes ?? {}
        return {
          kind: 'refused',
          id: required(event, activityId, 'activityId'),
          cause: required(event, cause, 'cause'),
        }
      }
      case 'TimerFired':
        return { kind: 'timerFired', id: required(event, event.timerFiredEventAttributes?.timerId, 'timerId') }
      case 'StartTimerFailed': {
        const { timerId, cause } = event.startTimerFailedEventAttributes ?? {}
        return { kind: 'timerRefused', id: required(event, timerId, 'timerId'), cause: required(event, cause, 'cause') }
      }
      case 'SignalExternalWorkflowExecutionInitiated': {
        const { control } = event.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {}
        initiated.set(idOf(event), required(event, control, 'control'))
        return undefined
      }
      case 'ExternalWorkflowExecutionSignaled': {
        const { initiatedEventId } = event.externalWorkflowExecutionSignaledEventAttributes ?? {}
        return { kind: 'signalSent', id: initiatedBy(event, initiatedEventId, 'initiatedEventId'), arrived: true }
      }
      case 'SignalExternalWorkflowExecutionFailed': {
        const { initiatedEventId = 0, control } = event.signalExternalWorkflowExecutionFailedEventAttributes ?? {}
        const id = initiated.get(initiatedEventId) ?? required(event, control, 'control')
        return { kind: 'signalSent', id, arrived: false }
      }
      default:
        return readChildEvent(event)
    }
  }
}

function readChildEvent(event: HistoryEvent): WorkflowEvent | undefined {
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
      return ended(event.childWorkflowExecutionTimedOutEventAttributes, 'timed out', 'it ran longer than its time-out')
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
  return required(event, child?.workflowExecution?.workflowId, 'workflowId of the child')
}
