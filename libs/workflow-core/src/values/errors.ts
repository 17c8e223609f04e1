import type { Outcome } from './outcome.ts'

/** An error whose `name` is its class's, so that reasons in SWF's history and in logs read as the code does. */
class NamedError extends Error {
  constructor(message?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/**
 * Thrown by an activity when trying again cannot help: a malformed package, a refused request. Never retried; the
 * workflow sees an {@link ActivityFailure} with `permanent: true` at once. Make subclasses: the class's name is the
 * reason that operators read. An error of any other class with `retry: false` counts the same.
 */
export class PermanentFailure extends NamedError {
  readonly retry = false
}

/**
 * Thrown in workflow code by a step that has failed for good: its attempts are used up, or the failure is permanent.
 * Uncaught, it fails the execution, with a reason that names the step.
 */
export class ActivityFailure extends NamedError {
  /** Name of the activity, as declared. */
  readonly activity: string
  /** Key of the step, where it was called with one. */
  readonly key: string | undefined
  /** How many attempts were made; those cut short by a stopping worker are not among them. */
  readonly attempts: number
  /**
   * Class name of the error that the last attempt threw, or the kind of its time-out: `HEARTBEAT`, `START_TO_CLOSE`,
   * `SCHEDULE_TO_START`; or, when SWF refused to schedule it, SWF's cause.
   */
  readonly reason: string
  /** True when the activity said that trying again cannot help; false when the attempts were used up. */
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

/** The {@link ActivityFailure} of a step whose last attempt SWF ended; `reason` is the kind of time-out. */
export class TimedOut extends ActivityFailure {}

/** Thrown in workflow code by a child workflow that ended in any other way than by returning. */
export class ChildFailure extends NamedError {
  /** Name of the child's workflow, as declared. */
  readonly workflow: string
  readonly workflowId: string
  /** `refused`: SWF did not start it, and the reason is its cause. */
  readonly how: 'failed' | 'timed out' | 'canceled' | 'terminated' | 'refused'
  readonly reason: string
  /** What the child's history keeps beside the reason; JSON where the child is one of ours. */
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

/** Thrown by `activity` and `workflow` when what is declared cannot work; says every problem at once. */
export class InvalidDeclaration extends NamedError {
  readonly problems: readonly string[]

  constructor(subject: string, problems: readonly string[]) {
    super(`${subject} is declared wrongly: ${problems.join('; ')}.`)
    this.problems = problems
  }
}

/** Thrown where an input, an output or a signal does not fit its schema. Permanent: the same value never will. */
export class InvalidPayload extends PermanentFailure {}

/** Thrown where a value is above SWF's limit, and there is no store for such. Permanent: pass a reference to S3 instead. */
export class PayloadTooLarge extends PermanentFailure {}

/**
 * Thrown where a value is kept in a store, and the store was not given here or has lost it. Retried: the right store
 * heals it.
 */
export class NotInStore extends NamedError {}

/** Thrown in workflow code by a step whose name and key an earlier step of the execution has: give each a key. */
export class DuplicateStep extends NamedError {}

/**
 * Thrown by `decide` when the workflow's code does not ask for what the history says it asked for: the code was
 * changed under a running execution, or is not deterministic. Nothing is decided, so that the right code heals it.
 */
export class NonDeterminism extends NamedError {
  /** What the history recorded, such as `activity ConvertImage.fig1#2`; undefined when it recorded nothing more. */
  readonly expected: string | undefined
  /** What the code asked for instead; undefined when it asked for nothing more. */
  readonly found: string | undefined

  constructor(message: string, expected: string | undefined, found: string | undefined) {
    super(message)
    this.expected = expected
    this.found = found
  }
}

/** Fails an execution whose function returned without awaiting a step it had called: its failure would be lost. */
export class UnawaitedStep extends NamedError {
  constructor(workflow: string, step: string) {
    super(`${workflow} returned without having awaited ${step}: await it, or its failure is lost.`)
  }
}

/** Thrown by `decide` when the code awaits something that is not of its `ctx`: the execution could never go on. */
export class WaitsForNothing extends NamedError {
  constructor(workflow: string, eventId: number) {
    super(
      `${workflow} waits, after event ${eventId}, for something that is no step, timer or signal of its ctx. ` +
        'What touches the world is an activity.',
    )
  }
}

/** Thrown by `decide` for events that are no history of SWF: one lacks an attribute that SWF always gives. */
export class MalformedHistory extends NamedError {}

/**
 * How a worker that stops gives back an activity that it cannot finish in time. Counts as no attempt; the workflow
 * schedules it again at once.
 */
export class WorkerStopping extends NamedError {}

/** How a worker answers a task of a type that it has no implementation for. Retried: another worker may have it. */
export class UnknownActivity extends NamedError {
  constructor(type: string, taskList: string) {
    super(`No implementation of ${type} in the worker that polls ${taskList}: is it deployed, and on this task list?`)
  }
}

/** Fails an execution of a workflow that its decider has no code for. */
export class UnknownWorkflow extends NamedError {
  constructor(type: string, taskList: string) {
    super(
      `No code for ${type} in the decider that polls ${taskList}: keep each version until its executions are closed.`,
    )
  }
}

/**
 * Thrown in workflow code by what was cancelled while it waited, or begun in a cancelled scope; uncaught, it ends a
 * cancelled execution as such. In an activity: why its signal aborts when the workflow asks it to stop.
 */
export class Cancelled extends NamedError {}

/** Why an activity's signal aborts when SWF no longer waits for it: it timed out, or its execution is closed. */
export class TaskGone extends NamedError {}

/** Thrown by a client that is asked to rerun an execution which has no failed step: it completed, or went on as new. */
export class NothingToRerun extends NamedError {}

/** Thrown by a client that awaits the result of an execution that failed, timed out, was cancelled or terminated. */
export class WorkflowNotCompleted extends NamedError {
  readonly workflowId: string
  readonly outcome: Exclude<Outcome, { status: 'completed' }>

  constructor(workflowId: string, outcome: Exclude<Outcome, { status: 'completed' }>) {
    super(`${workflowId} ${outcome.status}${'reason' in outcome ? `: ${outcome.reason}` : ''}`)
    this.workflowId = workflowId
    this.outcome = outcome
  }
}
