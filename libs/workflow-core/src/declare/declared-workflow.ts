import type { TSchema } from 'typebox'
import type { Duration } from '../values/duration.ts'
import type { Activity } from './activity.ts'
import type { ActivityStepOptions, ChildOptions, Signals, WorkflowTools } from './workflow-tools.ts'

/** The steps a workflow may take, under the names that `ctx` shows them by: activities, and other workflows as children. */
export type Uses = Readonly<Record<string, Activity | AnyWorkflow>>

/** A declared workflow, whatever its types: what a decider is given. */
export interface AnyWorkflow {
  readonly kind: 'workflow'
  readonly name: string
  readonly version: string
  readonly input: TSchema
  readonly output?: TSchema
  readonly timeout: Duration
  readonly uses: Uses
  readonly signals?: Signals
  /** From the input's JSON to the output's; both checked against the declaration. */
  readonly run: (engine: Engine, input: string | undefined) => Promise<string | undefined>
}

/** A declared workflow. */
export interface Workflow<
  Input extends TSchema = TSchema,
  Output extends TSchema = TSchema,
  S extends Signals = Signals,
> extends AnyWorkflow {
  readonly input: Input
  readonly output?: Output
  readonly signals?: S
}

/** What carries a workflow's function: its tools and steps, before types. */
export interface Engine extends WorkflowTools {
  /** How many characters of JSON a value may have. */
  readonly longest: number
  readonly step: (
    what: Activity | AnyWorkflow,
    input: unknown,
    options?: ActivityStepOptions & ChildOptions,
  ) => Promise<unknown>
}
