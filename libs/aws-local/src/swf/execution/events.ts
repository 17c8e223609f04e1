/** Attributes of the 54 history events, as SWF shows them. `decisionTaskCompletedEventId` names the decision that caused an event. */

export interface Versioned {
  name: string
  version: string
}
export interface TaskList {
  name: string
}
export interface Run {
  workflowId: string
  runId: string
}
export type ChildPolicy = 'TERMINATE' | 'REQUEST_CANCEL' | 'ABANDON'
export type TimeoutType = 'START_TO_CLOSE' | 'SCHEDULE_TO_START' | 'SCHEDULE_TO_CLOSE' | 'HEARTBEAT'
export type Tags = (string | null)[]

interface Decided {
  decisionTaskCompletedEventId: number
}
interface Closable {
  scheduledEventId: number
  startedEventId: number
}
interface FailedDecision extends Decided {
  cause: string
}

/** The configuration of an execution, resolved from its start and its type. */
export interface Configuration {
  workflowType: Versioned
  taskList: TaskList
  childPolicy: ChildPolicy
  executionStartToCloseTimeout: string
  taskStartToCloseTimeout: string
  taskPriority?: string
  lambdaRole?: string
  tagList?: Tags
  input?: string
}

interface ChildEvent {
  workflowExecution: Run
  workflowType: Versioned
  initiatedEventId: number
}
interface ChildClosed extends ChildEvent {
  startedEventId: number
}
interface ExternalFailed extends FailedDecision {
  workflowId: string
  runId?: string
  initiatedEventId: number
  control?: string
}

interface ExecutionEvents {
  WorkflowExecutionStarted: Configuration & {
    continuedExecutionRunId?: string
    parentWorkflowExecution?: Run
    parentInitiatedEventId: number
  }
  WorkflowExecutionSignaled: {
    signalName: string
    input?: string
    externalWorkflowExecution?: Run
    externalInitiatedEventId: number
  }
  WorkflowExecutionCancelRequested: {
    externalWorkflowExecution?: Run
    externalInitiatedEventId: number
    cause?: 'CHILD_POLICY_APPLIED'
  }
  WorkflowExecutionCompleted: Decided & { result?: string }
  WorkflowExecutionFailed: Decided & { reason?: string; details?: string }
  WorkflowExecutionCanceled: Decided & { details?: string }
  WorkflowExecutionTimedOut: { timeoutType: TimeoutType; childPolicy: ChildPolicy }
  WorkflowExecutionTerminated: {
    childPolicy: ChildPolicy
    reason?: string
    details?: string
    cause?: 'CHILD_POLICY_APPLIED' | 'EVENT_LIMIT_EXCEEDED' | 'OPERATOR_INITIATED'
  }
  WorkflowExecutionContinuedAsNew: Decided & Configuration & { newExecutionRunId: string }
  CompleteWorkflowExecutionFailed: FailedDecision
  FailWorkflowExecutionFailed: FailedDecision
  CancelWorkflowExecutionFailed: FailedDecision
  ContinueAsNewWorkflowExecutionFailed: FailedDecision
  MarkerRecorded: Decided & { markerName: string; details?: string }
  RecordMarkerFailed: FailedDecision & { markerName: string }
}

interface TaskEvents {
  DecisionTaskScheduled: {
    taskList: TaskList
    taskPriority?: string
    startToCloseTimeout?: string
    scheduleToStartTimeout?: string
  }
  DecisionTaskStarted: { scheduledEventId: number; identity?: string }
  DecisionTaskCompleted: Closable & {
    executionContext?: string
    taskList?: TaskList
    taskListScheduleToStartTimeout?: string
  }
  DecisionTaskTimedOut: Closable & { timeoutType: TimeoutType }
  ActivityTaskScheduled: Decided & {
    activityType: Versioned
    activityId: string
    taskList: TaskList
    taskPriority?: string
    input?: string
    control?: string
    scheduleToStartTimeout?: string
    scheduleToCloseTimeout?: string
    startToCloseTimeout?: string
    heartbeatTimeout?: string
  }
  ScheduleActivityTaskFailed: FailedDecision & { activityType: Versioned; activityId: string }
  ActivityTaskStarted: { scheduledEventId: number; identity?: string }
  ActivityTaskCompleted: Closable & { result?: string }
  ActivityTaskFailed: Closable & { reason?: string; details?: string }
  ActivityTaskTimedOut: Closable & { timeoutType: TimeoutType; details?: string }
  ActivityTaskCanceled: Closable & { details?: string; latestCancelRequestedEventId?: number }
  ActivityTaskCancelRequested: Decided & { activityId: string }
  RequestCancelActivityTaskFailed: FailedDecision & { activityId: string }
  TimerStarted: Decided & { timerId: string; startToFireTimeout: string; control?: string }
  StartTimerFailed: FailedDecision & { timerId: string }
  TimerFired: { timerId: string; startedEventId: number }
  TimerCanceled: Decided & { timerId: string; startedEventId: number }
  CancelTimerFailed: FailedDecision & { timerId: string }
}

interface OtherExecutionEvents {
  StartChildWorkflowExecutionInitiated: Decided & Configuration & { workflowId: string; control?: string }
  StartChildWorkflowExecutionFailed: FailedDecision & {
    workflowType: Versioned
    workflowId: string
    initiatedEventId: number
    control?: string
  }
  ChildWorkflowExecutionStarted: ChildEvent
  ChildWorkflowExecutionCompleted: ChildClosed & { result?: string }
  ChildWorkflowExecutionFailed: ChildClosed & { reason?: string; details?: string }
  ChildWorkflowExecutionTimedOut: ChildClosed & { timeoutType: TimeoutType }
  ChildWorkflowExecutionCanceled: ChildClosed & { details?: string }
  ChildWorkflowExecutionTerminated: ChildClosed
  SignalExternalWorkflowExecutionInitiated: Decided & {
    workflowId: string
    runId?: string
    signalName: string
    input?: string
    control?: string
  }
  SignalExternalWorkflowExecutionFailed: ExternalFailed
  ExternalWorkflowExecutionSignaled: { workflowExecution: Run; initiatedEventId: number }
  RequestCancelExternalWorkflowExecutionInitiated: Decided & { workflowId: string; runId?: string; control?: string }
  RequestCancelExternalWorkflowExecutionFailed: ExternalFailed
  ExternalWorkflowExecutionCancelRequested: { workflowExecution: Run; initiatedEventId: number }
}

/** Lambda functions fail to start; the four events of running ones never occur here. */
interface LambdaEvents {
  LambdaFunctionScheduled: Decided & {
    id: string
    name: string
    control?: string
    input?: string
    startToCloseTimeout?: string
  }
  ScheduleLambdaFunctionFailed: FailedDecision & { id: string; name: string }
  StartLambdaFunctionFailed: { scheduledEventId: number; cause: string; message?: string }
}

type Exact = ExecutionEvents & TaskEvents & OtherExecutionEvents & LambdaEvents
/** An optional member may be undefined: the history then omits it. */
type Undefinable<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] }
export type EventAttributes = { [T in keyof Exact]: Undefinable<Exact[T]> }
export type EventType = keyof EventAttributes
export interface EventOf<T extends EventType> {
  id: number
  /** Milliseconds since the epoch. */
  at: number
  type: T
  attributes: EventAttributes[T]
}
