export { activity, type Activity, type ActivityOptions, type Timeouts } from './activity.ts'
export {
  createWorkflowClient,
  type ExecutionRef,
  type Started,
  type StartRequest,
  type WorkflowClient,
} from './client.ts'
export type {
  ActivityStepOptions,
  ChildOptions,
  Context,
  Execution,
  Scoped,
  Signals,
  StepOptions,
  Uses,
  WorkflowTools,
} from './context.ts'
export { startDecider, type DeciderOptions } from './decider.ts'
export { decide, type DecideOptions } from './decide.ts'
export { describe, toMermaid, type WorkflowDescription } from './describe.ts'
export { type Duration, toSeconds } from './duration.ts'
export * from './errors.ts'
export { exportHistory } from './export.ts'
export { historyInWords } from './history-in-words.ts'
export { implement, type ActivityInfo, type ActivityTools, type Implementation } from './implement.ts'
export type { Logger } from './logger.ts'
export type { Loop } from './loop.ts'
export type { ListFilter } from './listing.ts'
export { joinMetrics } from './metrics.ts'
export { outcomeOf, type Outcome } from './outcome.ts'
export { registerTypes } from './register.ts'
export type { PayloadStore } from './payload-store.ts'
export { startWorker, type WorkerOptions } from './worker.ts'
export { retryDelay, type RetryPolicy } from './retry.ts'
export { workflow, type AnyWorkflow, type Workflow, type WorkflowOptions } from './workflow.ts'
