import type { RecordedEvent } from './swf-recording.ts'

/** The type of the decision that writes an event; each closing decision also writes its event of failure. */
const decisionTypes: Readonly<Record<string, string>> = {
  ActivityTaskScheduled: 'ScheduleActivityTask',
  ScheduleActivityTaskFailed: 'ScheduleActivityTask',
  ActivityTaskCancelRequested: 'RequestCancelActivityTask',
  RequestCancelActivityTaskFailed: 'RequestCancelActivityTask',
  MarkerRecorded: 'RecordMarker',
  TimerStarted: 'StartTimer',
  StartTimerFailed: 'StartTimer',
  TimerCanceled: 'CancelTimer',
  CancelTimerFailed: 'CancelTimer',
  StartChildWorkflowExecutionInitiated: 'StartChildWorkflowExecution',
  StartChildWorkflowExecutionFailed: 'StartChildWorkflowExecution',
  SignalExternalWorkflowExecutionInitiated: 'SignalExternalWorkflowExecution',
  RequestCancelExternalWorkflowExecutionInitiated: 'RequestCancelExternalWorkflowExecution',
  LambdaFunctionScheduled: 'ScheduleLambdaFunction',
  WorkflowExecutionCompleted: 'CompleteWorkflowExecution',
  CompleteWorkflowExecutionFailed: 'CompleteWorkflowExecution',
  WorkflowExecutionFailed: 'FailWorkflowExecution',
  FailWorkflowExecutionFailed: 'FailWorkflowExecution',
  WorkflowExecutionCanceled: 'CancelWorkflowExecution',
  CancelWorkflowExecutionFailed: 'CancelWorkflowExecution',
  WorkflowExecutionContinuedAsNew: 'ContinueAsNewWorkflowExecution',
  ContinueAsNewWorkflowExecutionFailed: 'ContinueAsNewWorkflowExecution',
}

/** The decisions of the completed decision task `completedEventId`, in their order: one for each event that they wrote. */
export function decisionsOf(history: readonly RecordedEvent[], completedEventId: number): object[] {
  return history
    .filter(({ attributes }) => attributes.decisionTaskCompletedEventId === completedEventId)
    .filter((event) => !isOutcome(event))
    .map(decisionOf)
}

/** True for the failure of a request that an event before it has recorded: the decision is that event's. */
const isOutcome = ({ eventType, attributes }: RecordedEvent): boolean =>
  eventType.endsWith('Failed') && (attributes.initiatedEventId ?? 0) > 0

/** The decision that an event came from, with the event's attributes; SWF ignores those that are the event's alone. */
export function decisionOf({ eventType, attributes }: Pick<RecordedEvent, 'eventType' | 'attributes'>): object {
  const decisionType = decisionTypes[eventType]
  if (decisionType === undefined) throw new Error(`No decision is known to write ${eventType}.`)
  const member = `${decisionType.charAt(0).toLowerCase()}${decisionType.slice(1)}DecisionAttributes`
  return { decisionType, [member]: { ...required[eventType], ...attributes, ...versionOf(eventType, attributes) } }
}

/** Attributes that a decision must have and its event does not tell. */
const required: Readonly<Record<string, object>> = { StartTimerFailed: { startToFireTimeout: '0' } }

/** The next run has the name of this one's type; only its version can be another. */
const versionOf = (eventType: string, { workflowType }: RecordedEvent['attributes']) =>
  eventType === 'WorkflowExecutionContinuedAsNew' ? { workflowTypeVersion: workflowType?.version } : {}
