import type { Static, TSchema } from 'typebox'
import type { Duration } from '../values/duration.ts'
import type { Execution } from '../values/execution.ts'
import type { Logger } from '../values/logger.ts'
import type { RetryPolicy } from './retry.ts'

/** The signals a workflow may wait for, with the shapes of what they carry. */
export type Signals = Readonly<Record<string, TSchema>>

export interface StepOptions {
  /** Tells apart the steps that do the same activity: the figure, the recipient. Unique within its activity. */
  readonly key?: string
}

export interface ActivityStepOptions extends StepOptions {
  /** For this call, in place of what the activity declares; what is not said stays as declared. */
  readonly retry?: Partial<RetryPolicy>
}

export interface ChildOptions extends StepOptions {
  /** Default: the parent's id, the child's name and the key, with dots between. */
  readonly workflowId?: string
  /** What becomes of the child when its parent ends before it. Default `terminate`. */
  readonly whenParentEnds?: 'terminate' | 'cancel' | 'abandon'
  readonly tags?: readonly string[]
  /** In place of the child's own time-out. */
  readonly timeout?: Duration
}

/** Steps that can be cancelled together. */
export interface Scoped<Result> {
  readonly result: Promise<Result>
  /** Ends what waits in it with `Cancelled`. An activity under way is asked to stop, and ends as it answers. */
  readonly cancel: () => void
}

/** What a workflow's function is given, beside a function for each step it uses. */
export interface WorkflowTools<S extends Signals = Signals, Input = unknown> {
  readonly execution: Execution
  /** Says a thing once, not again in every replay. */
  readonly log: Logger
  /** When the present decision was taken; the same in every replay. */
  now(): Temporal.Instant
  /** A UUID, random for the reader and the same in every replay. */
  uuid(): string
  /** Waits by an SWF timer. A second sleep needs a key, as a second step does. */
  readonly sleep: (duration: Duration, options?: StepOptions) => Promise<void>
  /**
   * The next signal of that name, in the order of their arrival; one that came before it was waited for is kept.
   * Those that do not fit the declared schema are dropped, with a warning in the log.
   */
  signal<Name extends keyof S & string>(name: Name): Promise<Static<S[Name]>>
  /** The same, or `undefined` when none came within the time-out. */
  signal<Name extends keyof S & string>(
    name: Name,
    options: { readonly timeout?: Duration },
  ): Promise<Static<S[Name]> | undefined>
  /** Signals to another execution; false where none is open under that id. */
  readonly signalTo: (workflowId: string, name: string, payload?: unknown, options?: StepOptions) => Promise<boolean>
  /** A value worked out here and kept in the history: made once, read ever after. For what is local and quick. */
  local<Schema extends TSchema>(name: string, schema: Schema, make: () => Static<Schema>): Static<Schema>
  /**
   * Runs steps that can be cancelled together. When the execution is cancelled, all that waits in it ends with
   * `Cancelled`, and every later step does at once; clean up in `shielded`.
   */
  scope<Result>(body: () => Promise<Result>): Scoped<Result>
  /** Runs steps that no cancellation from outside touches: what must be done in any case. */
  shielded<Result>(body: () => Promise<Result>): Promise<Result>
  /** Ends this run and goes on in a new one with an empty history. Return what it gives: nothing runs after it. */
  continueAsNew(input: Input): Promise<never>
}
