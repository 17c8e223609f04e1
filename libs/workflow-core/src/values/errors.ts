import type { Outcome } from './outcome.ts'

/** An error whose `name` is that of its class, so that reasons in histories and logs match the code. */
class NamedError extends Error {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/**
 * Thrown by an activity when a retry cannot help: a malformed package, a rejected request. It is never retried; the
 * workflow sees an {@link ActivityFailure} with `permanent: true` at once. Make subclasses: the class name is the reason
 * that operators read. An error of any other class with `retry: false` is treated the same.
 */
export class PermanentFailure extends NamedError {
  readonly retry = false
}

/**
 * Thrown in workflow code by a step that failed for good: its attempts are used up, or the failure is permanent.
 * Uncaught, it fails the execution with a reason that names the step.
 */
export class ActivityFailure extends NamedError {
  /** Name of the activity, as declared. */
  readonly activity: string
  /** Key of the step, where it was called with one. */
  readonly key: string | undefined
  /** Number of attempts made, not counting those interrupted by a stopping worker. */
  readonly attempts: number
  /**
   * Class name of the error that the last attempt threw, or the kind of its time-out: `HEARTBEAT`, `START_TO_CLOSE`,
   * `SCHEDULE_TO_START`; or, when SWF refused to schedule it, SWF's cause.
   */
  readonly reason: string
  /** True when a retry cannot help; false when the attempts were used up. */
  readonly permanent: boolean

  constructor(failure: {
    activity: string
    key?: string | undefined
    attempts: number
    reason: string
    message: string
    permanent: boolean
  }) {
    super(failure.message)
    this.activity = failure.activity
    this.key = failure.key
    this.attempts = failure.attempts
    this.reason = failure.reason
    this.permanent = failure.permanent
  }
}

/** The {@link ActivityFailure} of a step whose last attempt timed out; `reason` is the kind of time-out. */
export class TimeoutFailure extends ActivityFailure {}

/** Thrown in workflow code by a child workflow that closed without completing. */
export class ChildFailure extends NamedError {
  /** Name of the child's workflow, as declared. */
  readonly workflow: string
  readonly workflowId: string
  /** The close status of the child. `refused`: SWF did not start it; the reason is its cause. */
  readonly how: 'failed' | 'timed out' | 'canceled' | 'terminated' | 'refused'
  readonly reason: string
  /** Details from the child's history; JSON if the child's decider uses this library. */
  readonly details: string

  constructor(failure: {
    workflow: string
    workflowId: string
    how: ChildFailure['how']
    reason: string
    details: string
  }) {
    super(`${failure.workflow} ${failure.workflowId} ${failure.how}: ${failure.reason}`)
    this.workflow = failure.workflow
    this.workflowId = failure.workflowId
    this.how = failure.how
    this.reason = failure.reason
    this.details = failure.details
  }
}

/** Thrown by `activity` and `workflow` for an invalid declaration; lists every problem at once. */
export class InvalidDeclarationError extends NamedError {
  readonly problems: readonly string[]

  constructor(subject: string, problems: readonly string[]) {
    super(`${subject} has an invalid declaration: ${problems.join('; ')}.`)
    this.problems = problems
  }
}

/** Thrown when an input, an output or a signal does not fit its schema. Permanent: the same value never will. */
export class InvalidPayloadError extends PermanentFailure {}

/** Thrown when a value exceeds SWF's limit and there is no payload store. Permanent: pass a reference to S3 instead. */
export class PayloadTooLargeError extends PermanentFailure {}

/**
 * Thrown when a stored value cannot be read, because this process has no store or the store has lost the value. Retried:
 * the right store fixes it.
 */
export class PayloadNotFoundError extends NamedError {}

/** Thrown in workflow code by a step that has the same name and key as an earlier one: give each a key. */
export class DuplicateStepError extends NamedError {}

/**
 * Thrown by `decide` when the workflow's commands differ from those in the history: the code was changed under a running
 * execution, or is not deterministic. No decision is made, so that the right code can continue the execution.
 */
export class NonDeterminismError extends NamedError {
  /** Command in the history, such as `activity ConvertImage.fig1#2`; undefined when it has no other. */
  readonly expected: string | undefined
  /** Command of the code instead; undefined when it has no other. */
  readonly found: string | undefined

  constructor(message: string, expected: string | undefined, found: string | undefined) {
    super(message)
    this.expected = expected
    this.found = found
  }
}

/** Fails an execution whose function returned without awaiting a step: the step's failure would be lost. */
export class UnawaitedStepError extends NamedError {
  constructor(workflow: string, step: string) {
    super(`${workflow} returned without awaiting ${step}: await it, or its failure is lost.`)
  }
}

/** Thrown by `decide` when the code awaits a promise that is not from `ctx`: the execution could never continue. */
export class StuckWorkflowError extends NamedError {
  constructor(workflow: string, eventId: number) {
    super(
      `${workflow} is stuck after event ${eventId}: it awaits a promise that is not a step, timer or signal of ctx. ` +
        'Move I/O into an activity.',
    )
  }
}

/** Thrown by `decide` for an invalid history: an event lacks an attribute that SWF always sets. */
export class MalformedHistoryError extends NamedError {}

/**
 * The failure with which a stopping worker returns an activity that it cannot finish in time. Does not count as an
 * attempt; the decider schedules the activity again at once.
 */
export class WorkerStoppingError extends NamedError {
  /** The reason in SWF's histories, which deciders look for. */
  override readonly name = 'WorkerStopping'
}

/** The failure of a task whose type has no implementation in its worker. Retried: another worker may have it. */
export class UnknownActivityError extends NamedError {
  constructor(type: string, taskList: string) {
    super(`The worker that polls ${taskList} has no implementation of ${type}: is it deployed, and on this task list?`)
  }
}

/** Fails an execution of a workflow that its decider has no code for. Keep the old code while executions are open. */
export class UnknownWorkflowError extends NamedError {
  constructor(type: string, taskList: string) {
    super(
      `The decider that polls ${taskList} has no code for ${type}: keep each version until its executions are closed.`,
    )
  }
}

/**
 * Thrown in workflow code by a step that was cancelled, or called in a cancelled scope; uncaught, it closes a cancelled
 * execution as canceled. In an activity, the reason of its signal when the workflow asks it to stop.
 */
export class CancelledFailure extends NamedError {}

/** The reason of an activity's signal when SWF no longer knows the task: it timed out, or its execution is closed. */
export class TaskGoneError extends NamedError {}

/** Thrown by `client.rerun` for an execution without a failed step: it completed, or continued as new. */
export class NothingToRerunError extends NamedError {}

/** Thrown by `client.result` for an execution that failed, timed out, or was cancelled or terminated. */
export class WorkflowFailedError extends NamedError {
  readonly workflowId: string
  readonly outcome: Exclude<Outcome, { status: 'completed' }>

  constructor(workflowId: string, outcome: Exclude<Outcome, { status: 'completed' }>) {
    super(`${workflowId} ${outcome.status}${'reason' in outcome ? `: ${outcome.reason}` : ''}`)
    this.workflowId = workflowId
    this.outcome = outcome
  }
}
