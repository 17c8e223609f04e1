import type { Decision, HistoryEvent } from '@aws-sdk/client-swf'

/** Builds the event that SWF records for a decision. @param refused true if new events arrived, so that SWF rejects a close */
export function eventFor(
  decision: Decision,
  decisionTaskCompletedEventId: number,
  refused: boolean,
): Partial<HistoryEvent> {
  const by = { decisionTaskCompletedEventId }
  const refusal = { ...by, cause: 'UNHANDLED_DECISION' as const }
  switch (decision.decisionType) {
    case 'ScheduleActivityTask': {
      const attributes = { ...given(decision.scheduleActivityTaskDecisionAttributes), ...by }
      const activityTaskScheduledEventAttributes = { taskList: undefined, ...attributes }
      return { eventType: 'ActivityTaskScheduled', activityTaskScheduledEventAttributes }
    }
    case 'RequestCancelActivityTask': {
      const attributes = { ...given(decision.requestCancelActivityTaskDecisionAttributes), ...by }
      return { eventType: 'ActivityTaskCancelRequested', activityTaskCancelRequestedEventAttributes: attributes }
    }
    case 'StartTimer': {
      const attributes = { ...given(decision.startTimerDecisionAttributes), ...by }
      return { eventType: 'TimerStarted', timerStartedEventAttributes: attributes }
    }
    case 'CancelTimer': {
      const attributes = { ...given(decision.cancelTimerDecisionAttributes), ...by, startedEventId: 0 }
      return { eventType: 'TimerCanceled', timerCanceledEventAttributes: attributes }
    }
    case 'StartChildWorkflowExecution': {
      const attributes = { ...given(decision.startChildWorkflowExecutionDecisionAttributes), ...by }
      return {
        eventType: 'StartChildWorkflowExecutionInitiated',
        startChildWorkflowExecutionInitiatedEventAttributes: {
          taskList: undefined,
          childPolicy: undefined,
          ...attributes,
        },
      }
    }
    case 'RequestCancelExternalWorkflowExecution': {
      const attributes = { ...given(decision.requestCancelExternalWorkflowExecutionDecisionAttributes), ...by }
      return {
        eventType: 'RequestCancelExternalWorkflowExecutionInitiated',
        requestCancelExternalWorkflowExecutionInitiatedEventAttributes: attributes,
      }
    }
    case 'SignalExternalWorkflowExecution': {
      const attributes = { ...given(decision.signalExternalWorkflowExecutionDecisionAttributes), ...by }
      return {
        eventType: 'SignalExternalWorkflowExecutionInitiated',
        signalExternalWorkflowExecutionInitiatedEventAttributes: attributes,
      }
    }
    case 'RecordMarker': {
      const attributes = { ...given(decision.recordMarkerDecisionAttributes), ...by }
      return { eventType: 'MarkerRecorded', markerRecordedEventAttributes: attributes }
    }
    case 'CompleteWorkflowExecution':
      if (refused) {
        return { eventType: 'CompleteWorkflowExecutionFailed', completeWorkflowExecutionFailedEventAttributes: refusal }
      }
      return {
        eventType: 'WorkflowExecutionCompleted',
        workflowExecutionCompletedEventAttributes: { ...decision.completeWorkflowExecutionDecisionAttributes, ...by },
      }
    case 'CancelWorkflowExecution':
      if (refused) {
        return { eventType: 'CancelWorkflowExecutionFailed', cancelWorkflowExecutionFailedEventAttributes: refusal }
      }
      return { eventType: 'WorkflowExecutionCanceled', workflowExecutionCanceledEventAttributes: by }
    case 'ContinueAsNewWorkflowExecution':
      return {
        eventType: 'WorkflowExecutionContinuedAsNew',
        workflowExecutionContinuedAsNewEventAttributes: {
          taskList: undefined,
          childPolicy: undefined,
          workflowType: undefined,
          newExecutionRunId: 'next',
          ...by,
        },
      }
    default:
      if (refused) {
        return { eventType: 'FailWorkflowExecutionFailed', failWorkflowExecutionFailedEventAttributes: refusal }
      }
      return {
        eventType: 'WorkflowExecutionFailed',
        workflowExecutionFailedEventAttributes: { ...decision.failWorkflowExecutionDecisionAttributes, ...by },
      }
  }
}

/** Summarizes a decision in a few words. */
export function summarize(decision: Decision): string {
  switch (decision.decisionType) {
    case 'ScheduleActivityTask':
      return `activity ${decision.scheduleActivityTaskDecisionAttributes?.activityId}`
    case 'RequestCancelActivityTask':
      return `cancel activity ${decision.requestCancelActivityTaskDecisionAttributes?.activityId}`
    case 'StartTimer': {
      const { timerId, startToFireTimeout } = decision.startTimerDecisionAttributes ?? {}
      return `timer ${timerId} ${startToFireTimeout}s`
    }
    case 'CancelTimer':
      return `cancel timer ${decision.cancelTimerDecisionAttributes?.timerId}`
    case 'StartChildWorkflowExecution':
      return `child ${decision.startChildWorkflowExecutionDecisionAttributes?.workflowId}`
    case 'RequestCancelExternalWorkflowExecution':
      return `cancel child ${decision.requestCancelExternalWorkflowExecutionDecisionAttributes?.workflowId}`
    case 'SignalExternalWorkflowExecution': {
      const { signalName, workflowId, input = '' } = decision.signalExternalWorkflowExecutionDecisionAttributes ?? {}
      return `signal ${signalName} to ${workflowId} ${input}`.trim()
    }
    case 'RecordMarker': {
      const { markerName, details } = decision.recordMarkerDecisionAttributes ?? {}
      return `marker ${markerName} ${details}`
    }
    case 'CompleteWorkflowExecution':
      return `complete ${decision.completeWorkflowExecutionDecisionAttributes?.result ?? ''}`.trim()
    case 'CancelWorkflowExecution':
      return 'cancel'
    case 'ContinueAsNewWorkflowExecution':
      return `continue as new ${decision.continueAsNewWorkflowExecutionDecisionAttributes?.input ?? ''}`.trim()
    default:
      return `fail ${decision.failWorkflowExecutionDecisionAttributes?.reason}`
  }
}

function given<Attributes>(attributes: Attributes | undefined): Attributes {
  if (attributes === undefined) throw new Error('the decision lacks its attributes')
  return attributes
}
