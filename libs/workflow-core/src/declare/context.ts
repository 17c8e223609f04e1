import type { Static } from 'typebox'
import type { Activity } from './activity.ts'
import type { Uses, Workflow } from './declared-workflow.ts'
import type { ActivityStepOptions, ChildOptions, Signals, WorkflowTools } from './workflow-tools.ts'

/** A function for each step used: `ctx.convertImages(input, { key })`. */
export type Steps<U extends Uses> = {
  readonly [Name in keyof U]: U[Name] extends Activity<infer Input, infer Output>
    ? (input: Static<Input>, options?: ActivityStepOptions) => Promise<Static<Output>>
    : U[Name] extends Workflow<infer Input, infer Output>
      ? (input: Static<Input>, options?: ChildOptions) => Promise<Static<Output>>
      : never
}

export type Context<U extends Uses, S extends Signals, Input = unknown> = Steps<U> & WorkflowTools<S, Input>
