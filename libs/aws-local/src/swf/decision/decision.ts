import type { WorkflowDefaults } from '../execution/configuration.ts'
import type { Draft } from '../execution/draft.ts'
import type { TaskList, Versioned } from '../execution/events.ts'
import { violation, type Shape } from '../wire/shape.ts'

/** The defaults with which an activity type was registered. */
export interface ActivityDefaults {
  defaultTaskList?: TaskList
  defaultTaskPriority?: string
  defaultTaskScheduleToStartTimeout?: string
  defaultTaskScheduleToCloseTimeout?: string
  defaultTaskStartToCloseTimeout?: string
  defaultTaskHeartbeatTimeout?: string
}
export interface Registered<D> {
  status: 'REGISTERED' | 'DEPRECATED'
  defaults: D
}

/** Lookups that decisions need beyond their execution. */
export interface DecisionContext {
  workflowType(type: Versioned): Registered<WorkflowDefaults> | undefined
  activityType(type: Versioned): Registered<ActivityDefaults> | undefined
  newRunId(): string
}

/** The batch of decisions that contains a decision. */
export interface Batch extends DecisionContext {
  readonly decisionTaskCompletedEventId: number
  /** True if an event was added while the decider was working: it must see that before it may close the execution. */
  readonly unseenChange: boolean
  /** Schedules a new decision task after the batch, because the decider must see the outcome of a decision. */
  requestDecisionTask(): void
}

/** A validated decision, ready to be applied. */
export interface Step {
  readonly type: string
  readonly closes: boolean
  take(draft: Draft, batch: Batch): void
}

/** A decision type: the form of its attributes, and the events that it records. */
export interface DecisionKind {
  readonly closes: boolean
  /** Parses a decision; returns undefined if there are problems. */
  parse(type: string, raw: Record<string, unknown>, path: string, problems: string[]): Step | undefined
}

export function decision<A>(
  shape: Shape<A>,
  take: (draft: Draft, attributes: A, batch: Batch) => void,
  { closes = false, optional = false } = {},
): DecisionKind {
  return {
    closes,
    parse(type, raw, path, problems) {
      const member = `${type.charAt(0).toLowerCase()}${type.slice(1)}DecisionAttributes`
      const at = `${path}.${member}`
      const attributes = raw[member] ?? (optional ? {} : undefined)
      if (attributes === undefined) {
        // As AWS does, which clients match on: what is named is the first member that is required.
        const missing: string[] = []
        shape.check({}, at, missing)
        problems.push(missing[0] ?? violation(undefined, at, 'not be null'))
        return undefined
      }
      return shape.check(attributes, at, problems)
        ? { type, closes, take: (draft, batch) => take(draft, attributes, batch) }
        : undefined
    },
  }
}
