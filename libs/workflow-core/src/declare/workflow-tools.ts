import type { Static, TSchema } from 'typebox'
import type { Duration } from '../values/duration.ts'
import type { Execution } from '../values/execution.ts'
import type { Logger } from '../values/logger.ts'
import type { RetryPolicy } from './retry.ts'

/** The signals that a workflow may wait for, with the schemas of their payloads. */
export type Signals = Readonly<Record<string, TSchema>>

/** Options of any step. */
export interface StepOptions {
  /** Distinguishes calls of the same activity, such as the figure or the recipient. Unique within the activity. */
  readonly key?: string
}

/** Options of one call of an activity. */
export interface ActivityStepOptions extends StepOptions {
  /** Overrides the declared policy for this call; fields left out stay as declared. */
  readonly retry?: Partial<RetryPolicy>
}

/** Options of one start of a child workflow. */
export interface ChildOptions extends StepOptions {
  /** Default: the parent's id, the child's name and the key, joined by dots. */
  readonly workflowId?: string
  /** SWF's child policy: what SWF does with the child when its parent closes first. Default `terminate`. */
  readonly childPolicy?: 'terminate' | 'cancel' | 'abandon'
  readonly tags?: readonly string[]
  /** Overrides the child's declared time-out. */
  readonly timeout?: Duration
}

/** Steps that are cancelled together. */
export interface CancellationScope<Result> {
  readonly result: Promise<Result>
  /** Rejects what is pending in it with `CancelledFailure`. A running activity is asked to stop and ends as it responds. */
  readonly cancel: () => void
}

/** The part of `ctx` that every workflow has; the rest is one function for each step it uses. */
export interface WorkflowTools<S extends Signals = Signals, Input = unknown> {
  readonly execution: Execution
  /** Logs each message once: replays are silent. */
  readonly log: Logger
  /** The time at which the current decision task started; the same in every replay. */
  now(): Temporal.Instant
  /** Returns a UUID derived from the execution; the same in every replay. */
  uuid(): string
  /** Sleeps on an SWF timer. A second sleep needs a key, as a second step does. */
  readonly sleep: (duration: Duration, options?: StepOptions) => Promise<void>
  /**
   * Waits for the next signal of that name, in order of arrival; signals that arrive early are kept.
   * A signal that does not fit the declared schema is dropped with a warning in the log.
   */
  signal<Name extends keyof S & string>(name: Name): Promise<Static<S[Name]>>
  /** Waits for the next signal; resolves with `undefined` when none arrives within the time-out. */
  signal<Name extends keyof S & string>(
    name: Name,
    options: { readonly timeout?: Duration },
  ): Promise<Static<S[Name]> | undefined>
  /** Signals another execution; resolves with false when no execution is open under that id. */
  readonly signalTo: (workflowId: string, name: string, payload?: unknown, options?: StepOptions) => Promise<boolean>
  /**
   * Runs a function once and records its value as a marker; replays read the marker. For quick, local, nondeterministic
   * code, such as a random number.
   */
  sideEffect<Schema extends TSchema>(name: string, schema: Schema, make: () => Static<Schema>): Static<Schema>
  /**
   * Runs steps that can be cancelled together. When the execution is cancelled, everything pending in the scope rejects
   * with `CancelledFailure`, and so does every later step at once; clean up in `nonCancellable`.
   */
  scope<Result>(body: () => Promise<Result>): CancellationScope<Result>
  /** Runs steps that cancellation from outside does not reach, such as clean-up. */
  nonCancellable<Result>(body: () => Promise<Result>): Promise<Result>
  /**
   * Closes this run and continues as a new one with an empty history. Return its promise: no code runs after it. Signals that
   * nobody has waited for go with it. @throws PayloadTooLargeError when they do not fit into the input of the new run
   */
  continueAsNew(input: Input): Promise<never>
}
