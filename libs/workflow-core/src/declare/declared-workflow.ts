import type { TSchema } from 'typebox'
import type { Duration } from '../values/duration.ts'
import type { Activity } from './activity.ts'
import type { ActivityStepOptions, ChildOptions, Signals, WorkflowTools } from './workflow-tools.ts'

/** The activities and child workflows that a workflow may call, under the names that they have on `ctx`. */
export type Uses = Readonly<Record<string, Activity | AnyWorkflow>>

/** A declared workflow of any input and output; deciders take these. */
export interface AnyWorkflow {
  readonly kind: 'workflow'
  readonly name: string
  readonly version: string
  readonly input: TSchema
  readonly output?: TSchema
  readonly timeout: Duration
  readonly priority?: number
  readonly uses: Uses
  readonly signals?: Signals
  /** Runs the function: takes the input's JSON and returns the output's, both checked against the declaration. */
  readonly run: (engine: Engine, input: string | undefined) => Promise<string | undefined>
}

/** A declared workflow with the types of its input, output and signals. */
export interface Workflow<
  Input extends TSchema = TSchema,
  Output extends TSchema = TSchema,
  S extends Signals = Signals,
> extends AnyWorkflow {
  readonly input: Input
  readonly output?: Output
  readonly signals?: S
}

/** The untyped core that `ctx` is made from. */
export interface Engine extends WorkflowTools {
  /** Maximum length of a value, in characters of JSON. */
  readonly maxPayloadLength: number
  /** Calls an activity or starts a child workflow. */
  readonly step: (
    target: Activity | AnyWorkflow,
    input: unknown,
    options?: ActivityStepOptions & ChildOptions,
  ) => Promise<unknown>
}
