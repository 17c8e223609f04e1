export { activity, type Activity, type ActivityOptions, type Timeouts } from './declare/activity.ts'
export {
  createWorkflowClient,
  type ExecutionRef,
  type Started,
  type StartRequest,
  type WorkflowClient,
} from './client/client.ts'
export type { Context } from './declare/context.ts'
export type { AnyWorkflow, Uses, Workflow } from './declare/declared-workflow.ts'
export type {
  ActivityStepOptions,
  ChildOptions,
  CancellationScope,
  Signals,
  StepOptions,
  WorkflowTools,
} from './declare/workflow-tools.ts'
export type { Execution } from './values/execution.ts'
export { startDecider, type DeciderOptions } from './processes/decider.ts'
export { decide, type DecideOptions } from './replay/decide.ts'
export { describeWorkflow, toMermaid, type WorkflowDescription } from './declare/describe.ts'
export { type Duration, toSeconds } from './values/duration.ts'
export * from './values/errors.ts'
export { exportHistory } from './history/export-history.ts'
export { formatHistory } from './history/format-history.ts'
export { inspectHistory } from './history/inspect-history.ts'
export type { InspectedAttempt, InspectedExecution, InspectedStep, Wait } from './history/inspected-execution.ts'
export { readTimeline, type Timeline, type TimelineEntry } from './history/timeline.ts'
export { implement, type ActivityInfo, type ActivityTools, type Implementation } from './declare/implement.ts'
export type { Logger } from './values/logger.ts'
export type { Loop } from './processes/pollers.ts'
export {
  executionStatuses,
  listedExecution,
  type ExecutionStatus,
  type ListedExecution,
  type ListFilter,
} from './client/listing.ts'
export { joinMetrics } from './processes/metrics.ts'
export { outcomeOf, type Outcome } from './values/outcome.ts'
export { registerTypes } from './client/register.ts'
export type { PayloadStore } from './values/payload-store.ts'
export { startWorker, type WorkerOptions } from './processes/worker.ts'
export { retryDelay, type RetryPolicy } from './declare/retry.ts'
export { workflow, type WorkflowOptions } from './declare/workflow.ts'
