import type { Execution } from '../values/execution.ts'
import type { Outcome } from '../values/outcome.ts'

/** An execution as its history shows it. */
export interface InspectedExecution {
  readonly workflow: { readonly name: string; readonly version: string }
  readonly started: Temporal.Instant | undefined
  readonly ended: Temporal.Instant | undefined
  /** JSON. */
  readonly input: string | undefined
  readonly tags: readonly string[]
  readonly parent: { readonly workflowId: string | undefined; readonly runId: string | undefined } | undefined
  /** The first run, where this one goes on from the step at which an earlier one failed. */
  readonly rerunOf: Execution | undefined
  /** Absent while it is open. */
  readonly outcome: Outcome | undefined
  /** The step whose failure ended it, where its outcome names one. */
  readonly failedStep: string | undefined
  /** In the order in which they began; first those that an earlier run has done. */
  readonly steps: readonly InspectedStep[]
  /** The reasons why it is not done yet; never empty while it is open. */
  readonly waits: readonly Wait[]
}

/** A step: an activity with its attempts, a child, a timer, or a signal that came or was sent. */
export interface InspectedStep {
  /** `ConvertImage.fig1`; of a child its workflow id. */
  readonly id: string
  readonly kind: 'activity' | 'child' | 'timer' | 'signal'
  /** Name of the activity or of the child's workflow. */
  readonly name: string
  /** `cut off`: it was not over when its execution closed. */
  readonly state: 'scheduled' | 'running' | 'retrying' | 'waiting' | 'completed' | 'failed' | 'canceled' | 'cut off'
  /** Absent for a step of an earlier run. */
  readonly began?: Temporal.Instant
  readonly ended?: Temporal.Instant
  readonly attempts: readonly InspectedAttempt[]
  /** JSON. */
  readonly input?: string
  /** JSON. */
  readonly result?: string
  /** The reason why a child failed. */
  readonly message?: string
  /** Ids of the steps that it follows. */
  readonly after: readonly string[]
  /** The next attempt, where it waits for one. */
  readonly retry?: { readonly attemptId: string; readonly at: Temporal.Instant }
  /** The time at which a timer, or the wait for a signal, is over. */
  readonly due?: Temporal.Instant
  readonly taskList?: string
  readonly childRun?: string
  /** An earlier run has done it: this one starts with its result. */
  readonly earlier?: true
}

/** An attempt of an activity. */
export interface InspectedAttempt {
  /** `ConvertImage.fig1#2`. */
  readonly id: string
  readonly number: number
  readonly max: number | undefined
  readonly scheduled: Temporal.Instant
  readonly started?: Temporal.Instant
  readonly ended?: Temporal.Instant
  readonly worker?: string
  /** `interrupted`: its worker stopped, which does not count as an attempt. */
  readonly outcome: 'scheduled' | 'running' | 'completed' | 'failed' | 'timed out' | 'canceled' | 'interrupted'
  readonly message?: string
  /** Seconds, as SWF has them. */
  readonly limit?: string | undefined
  readonly heartbeat?: string | undefined
}

/** A reason why an open execution is not done. */
export type Wait =
  | { readonly kind: 'retry'; readonly step: string; readonly attemptId: string; readonly at: Temporal.Instant }
  | { readonly kind: 'timer'; readonly timer: string; readonly until: Temporal.Instant }
  /** No worker has taken its task yet. */
  | { readonly kind: 'worker'; readonly step: string; readonly taskList: string; readonly since: Temporal.Instant }
  | {
      readonly kind: 'running'
      readonly step: string
      readonly worker: string | undefined
      readonly since: Temporal.Instant
    }
  | { readonly kind: 'child'; readonly workflowId: string; readonly runId: string | undefined }
  /** Without a name: nothing else is open, and a history does not say for which signal code waits. */
  | { readonly kind: 'signal'; readonly name: string | undefined; readonly until: Temporal.Instant | undefined }
  /** No decider has completed its decision task yet. */
  | { readonly kind: 'decider'; readonly taskList: string; readonly since: Temporal.Instant }
