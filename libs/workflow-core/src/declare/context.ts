import type { Static } from 'typebox'
import type { Activity } from './activity.ts'
import type { Uses, Workflow } from './declared-workflow.ts'
import type { ActivityStepOptions, ChildOptions, Signals, WorkflowTools } from './workflow-tools.ts'

/** One function for each activity and child workflow used: `ctx.convertImages(input, { key })`. */
export type Steps<U extends Uses> = {
  readonly [Name in keyof U]: U[Name] extends Activity<infer Input, infer Output>
    ? (input: Static<Input>, options?: ActivityStepOptions) => Promise<Static<Output>>
    : U[Name] extends Workflow<infer Input, infer Output>
      ? (input: Static<Input>, options?: ChildOptions) => Promise<Static<Output>>
      : never
}

/** The `ctx` of a workflow's function. */
export type Context<U extends Uses, S extends Signals, Input = unknown> = Steps<U> & WorkflowTools<S, Input>
