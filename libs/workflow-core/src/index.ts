export { activity, type Activity, type ActivityOptions, type Timeouts } from './activity.ts'
export { decide, type DecideOptions } from './decide.ts'
export { type Duration, toSeconds } from './duration.ts'
export * from './errors.ts'
export { implement, type ActivityInfo, type ActivityTools, type Implementation } from './implement.ts'
export type { Logger } from './logger.ts'
export type { Loop } from './loop.ts'
export { retryDelay, type RetryPolicy } from './retry.ts'
export {
  workflow,
  type AnyWorkflow,
  type Context,
  type Execution,
  type Signals,
  type StepOptions,
  type Uses,
  type Workflow,
  type WorkflowTools,
} from './workflow.ts'
