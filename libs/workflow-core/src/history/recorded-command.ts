import type { HistoryEvent } from '@aws-sdk/client-swf'
import { commandName } from './command.ts'
import { given } from './event.ts'

/** What an event records of a decision: which decision it was, and what it asked for, done or refused alike. */
export interface Recorded {
  readonly decision: number
  readonly name: string
}

interface Attributes {
  readonly decisionTaskCompletedEventId?: number | undefined
}

/** The record that an event is of something asked for; `undefined` for events of any other kind. */
export function recordedAs(event: HistoryEvent): Recorded | undefined {
  const by = (attributes: Attributes | undefined, name: string): Recorded => ({
    decision: given(event, attributes?.decisionTaskCompletedEventId, 'decisionTaskCompletedEventId'),
    name,
  })
  switch (event.eventType) {
    case 'ActivityTaskScheduled': {
      const attributes = event.activityTaskScheduledEventAttributes
      return by(attributes, commandName.activity(given(event, attributes?.activityId, 'activityId')))
    }
    case 'ScheduleActivityTaskFailed': {
      const attributes = event.scheduleActivityTaskFailedEventAttributes
      return by(attributes, commandName.activity(given(event, attributes?.activityId, 'activityId')))
    }
    case 'TimerStarted': {
      const attributes = event.timerStartedEventAttributes
      return by(attributes, commandName.timer(given(event, attributes?.timerId, 'timerId')))
    }
    case 'StartTimerFailed': {
      const attributes = event.startTimerFailedEventAttributes
      return by(attributes, commandName.timer(given(event, attributes?.timerId, 'timerId')))
    }
    case 'StartChildWorkflowExecutionInitiated': {
      const attributes = event.startChildWorkflowExecutionInitiatedEventAttributes
      return by(attributes, commandName.child(given(event, attributes?.workflowId, 'workflowId')))
    }
    case 'StartChildWorkflowExecutionFailed': {
      const attributes = event.startChildWorkflowExecutionFailedEventAttributes
      if (wasInitiated(attributes)) return undefined
      return by(attributes, commandName.child(given(event, attributes?.workflowId, 'workflowId')))
    }
    case 'SignalExternalWorkflowExecutionInitiated': {
      const attributes = event.signalExternalWorkflowExecutionInitiatedEventAttributes
      return by(attributes, commandName.signal(given(event, attributes?.control, 'control')))
    }
    case 'SignalExternalWorkflowExecutionFailed': {
      const attributes = event.signalExternalWorkflowExecutionFailedEventAttributes
      if (wasInitiated(attributes)) return undefined
      return by(attributes, commandName.signal(given(event, attributes?.control, 'control')))
    }
    case 'MarkerRecorded': {
      const attributes = event.markerRecordedEventAttributes
      return by(attributes, commandName.marker(given(event, attributes?.markerName, 'markerName')))
    }
    case 'WorkflowExecutionCompleted':
      return by(event.workflowExecutionCompletedEventAttributes, commandName.completion())
    case 'CompleteWorkflowExecutionFailed':
      return by(event.completeWorkflowExecutionFailedEventAttributes, commandName.completion())
    case 'WorkflowExecutionFailed':
      return by(event.workflowExecutionFailedEventAttributes, commandName.failure())
    case 'FailWorkflowExecutionFailed':
      return by(event.failWorkflowExecutionFailedEventAttributes, commandName.failure())
    case 'WorkflowExecutionCanceled':
      return by(event.workflowExecutionCanceledEventAttributes, commandName.cancellation())
    case 'CancelWorkflowExecutionFailed':
      return by(event.cancelWorkflowExecutionFailedEventAttributes, commandName.cancellation())
    case 'WorkflowExecutionContinuedAsNew':
      return by(event.workflowExecutionContinuedAsNewEventAttributes, commandName.continuation())
    case 'ContinueAsNewWorkflowExecutionFailed':
      return by(event.continueAsNewWorkflowExecutionFailedEventAttributes, commandName.continuation())
    default:
      return undefined
  }
}

/** A failure after an initiation of its own, which is the record. */
function wasInitiated(attributes: { readonly initiatedEventId?: number | undefined } | undefined): boolean {
  return (attributes?.initiatedEventId ?? 0) > 0
}
