import type { HistoryEvent } from '@aws-sdk/client-swf'
import { commandName } from './command.ts'
import { required } from './event-attributes.ts'

/** A command that an event records, whether SWF carried it out or rejected it. */
export interface RecordedCommand {
  /** Id of the DecisionTaskCompleted event. */
  readonly decision: number
  readonly name: string
}

interface Attributes {
  readonly decisionTaskCompletedEventId?: number | undefined
}

/** Reads the command that an event records; `undefined` for events of any other kind. */
export function recordedCommandOf(event: HistoryEvent): RecordedCommand | undefined {
  const by = (attributes: Attributes | undefined, name: string): RecordedCommand => ({
    decision: required(event, attributes?.decisionTaskCompletedEventId, 'decisionTaskCompletedEventId'),
    name,
  })
  switch (event.eventType) {
    case 'ActivityTaskScheduled': {
      const attributes = event.activityTaskScheduledEventAttributes
      return by(attributes, commandName.activity(required(event, attributes?.activityId, 'activityId')))
    }
    case 'ScheduleActivityTaskFailed': {
      const attributes = event.scheduleActivityTaskFailedEventAttributes
      return by(attributes, commandName.activity(required(event, attributes?.activityId, 'activityId')))
    }
    case 'TimerStarted': {
      const attributes = event.timerStartedEventAttributes
      return by(attributes, commandName.timer(required(event, attributes?.timerId, 'timerId')))
    }
    case 'StartTimerFailed': {
      const attributes = event.startTimerFailedEventAttributes
      return by(attributes, commandName.timer(required(event, attributes?.timerId, 'timerId')))
    }
    case 'StartChildWorkflowExecutionInitiated': {
      const attributes = event.startChildWorkflowExecutionInitiatedEventAttributes
      return by(attributes, commandName.child(required(event, attributes?.workflowId, 'workflowId')))
    }
    case 'StartChildWorkflowExecutionFailed': {
      const attributes = event.startChildWorkflowExecutionFailedEventAttributes
      if (wasInitiated(attributes)) return undefined
      return by(attributes, commandName.child(required(event, attributes?.workflowId, 'workflowId')))
    }
    case 'SignalExternalWorkflowExecutionInitiated': {
      const attributes = event.signalExternalWorkflowExecutionInitiatedEventAttributes
      return by(attributes, commandName.signal(required(event, attributes?.control, 'control')))
    }
    case 'SignalExternalWorkflowExecutionFailed': {
      const attributes = event.signalExternalWorkflowExecutionFailedEventAttributes
      if (wasInitiated(attributes)) return undefined
      return by(attributes, commandName.signal(required(event, attributes?.control, 'control')))
    }
    case 'MarkerRecorded': {
      const attributes = event.markerRecordedEventAttributes
      return by(attributes, commandName.marker(required(event, attributes?.markerName, 'markerName')))
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

/** Tells whether a failure follows its own initiated event, which already records the command. */
function wasInitiated(attributes: { readonly initiatedEventId?: number | undefined } | undefined): boolean {
  return (attributes?.initiatedEventId ?? 0) > 0
}
