import type { EventType } from '@aws-sdk/client-swf'

/**
 * Attributes of each history event, as SWF documents them: names that are always present, and with `?` those that are present only
 * if given. `+` marks an optional one that an event here has without being given, because it is resolved from the type or has a
 * value of its own.
 */
const decided = 'decisionTaskCompletedEventId'
const closedTask = 'scheduledEventId startedEventId'
const configuration =
  'taskList childPolicy workflowType input? executionStartToCloseTimeout+ taskStartToCloseTimeout+ taskPriority? tagList? lambdaRole?'
const child = 'workflowExecution workflowType initiatedEventId'
const closedChild = `${child} startedEventId`
const externalFailed = `workflowId cause initiatedEventId ${decided} runId? control?`

export const eventAttributes: Record<EventType, string> = {
  WorkflowExecutionStarted: `${configuration} continuedExecutionRunId? parentWorkflowExecution? parentInitiatedEventId+`,
  WorkflowExecutionSignaled: 'signalName input? externalWorkflowExecution? externalInitiatedEventId+',
  WorkflowExecutionCancelRequested: 'externalWorkflowExecution? externalInitiatedEventId+ cause?',
  WorkflowExecutionCompleted: `${decided} result?`,
  WorkflowExecutionFailed: `${decided} reason? details?`,
  WorkflowExecutionCanceled: `${decided} details?`,
  CompleteWorkflowExecutionFailed: `cause ${decided}`,
  FailWorkflowExecutionFailed: `cause ${decided}`,
  CancelWorkflowExecutionFailed: `cause ${decided}`,
  ContinueAsNewWorkflowExecutionFailed: `cause ${decided}`,
  WorkflowExecutionTimedOut: 'timeoutType childPolicy',
  WorkflowExecutionTerminated: 'childPolicy reason? details? cause+',
  WorkflowExecutionContinuedAsNew: `${configuration} ${decided} newExecutionRunId`,
  DecisionTaskScheduled: 'taskList taskPriority? startToCloseTimeout+ scheduleToStartTimeout+',
  DecisionTaskStarted: 'scheduledEventId identity?',
  DecisionTaskCompleted: `${closedTask} executionContext? taskList? taskListScheduleToStartTimeout?`,
  DecisionTaskTimedOut: `timeoutType ${closedTask}`,
  ActivityTaskScheduled: `activityType activityId taskList ${decided} input? control? scheduleToStartTimeout+ scheduleToCloseTimeout+ startToCloseTimeout+ heartbeatTimeout+ taskPriority?`,
  ScheduleActivityTaskFailed: `activityType activityId cause ${decided}`,
  ActivityTaskStarted: 'scheduledEventId identity?',
  ActivityTaskCompleted: `${closedTask} result?`,
  ActivityTaskFailed: `${closedTask} reason? details?`,
  ActivityTaskTimedOut: `timeoutType ${closedTask} details?`,
  ActivityTaskCanceled: `${closedTask} details? latestCancelRequestedEventId+`,
  ActivityTaskCancelRequested: `${decided} activityId`,
  RequestCancelActivityTaskFailed: `activityId cause ${decided}`,
  MarkerRecorded: `markerName ${decided} details?`,
  RecordMarkerFailed: `markerName cause ${decided}`,
  TimerStarted: `timerId startToFireTimeout ${decided} control?`,
  StartTimerFailed: `timerId cause ${decided}`,
  TimerFired: 'timerId startedEventId',
  TimerCanceled: `timerId startedEventId ${decided}`,
  CancelTimerFailed: `timerId cause ${decided}`,
  StartChildWorkflowExecutionInitiated: `workflowId ${decided} control? ${configuration}`,
  StartChildWorkflowExecutionFailed: `workflowType cause workflowId initiatedEventId ${decided} control?`,
  ChildWorkflowExecutionStarted: child,
  ChildWorkflowExecutionCompleted: `${closedChild} result?`,
  ChildWorkflowExecutionFailed: `${closedChild} reason? details?`,
  ChildWorkflowExecutionTimedOut: `${closedChild} timeoutType`,
  ChildWorkflowExecutionCanceled: `${closedChild} details?`,
  ChildWorkflowExecutionTerminated: closedChild,
  SignalExternalWorkflowExecutionInitiated: `workflowId signalName ${decided} runId? input? control?`,
  ExternalWorkflowExecutionSignaled: 'workflowExecution initiatedEventId',
  SignalExternalWorkflowExecutionFailed: externalFailed,
  RequestCancelExternalWorkflowExecutionFailed: externalFailed,
  RequestCancelExternalWorkflowExecutionInitiated: `workflowId ${decided} runId? control?`,
  ExternalWorkflowExecutionCancelRequested: 'workflowExecution initiatedEventId',
  LambdaFunctionScheduled: `id name ${decided} control? input? startToCloseTimeout?`,
  LambdaFunctionStarted: 'scheduledEventId',
  LambdaFunctionCompleted: `${closedTask} result?`,
  LambdaFunctionFailed: `${closedTask} reason? details?`,
  LambdaFunctionTimedOut: `${closedTask} timeoutType?`,
  ScheduleLambdaFunctionFailed: `id name cause ${decided}`,
  StartLambdaFunctionFailed: 'scheduledEventId+ cause+ message+',
}

const noLambda = 'no Lambda function runs here: each fails to start'
const noPermissions = 'only IAM refuses it, and there is none here'
/** Events that no execution here can have, and why. */
export const unreachableEvents: Partial<Record<EventType, string>> = {
  LambdaFunctionStarted: noLambda,
  LambdaFunctionCompleted: noLambda,
  LambdaFunctionFailed: noLambda,
  LambdaFunctionTimedOut: noLambda,
  ScheduleLambdaFunctionFailed: noLambda,
  RecordMarkerFailed: noPermissions,
}
