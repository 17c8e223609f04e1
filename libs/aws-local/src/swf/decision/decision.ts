import type { WorkflowDefaults } from '../execution/configuration.ts'
import type { Draft } from '../execution/draft.ts'
import type { TaskList, Versioned } from '../execution/events.ts'
import { violation, type Shape } from '../wire/shape.ts'

/** What an activity type was registered with, as far as it was given. */
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

/** What decisions need beyond their execution. */
export interface DecisionContext {
  workflowType(type: Versioned): Registered<WorkflowDefaults> | undefined
  activityType(type: Versioned): Registered<ActivityDefaults> | undefined
  newRunId(): string
}

/** The batch that a decision is part of. */
export interface Batch extends DecisionContext {
  readonly decisionTaskCompletedEventId: number
  /** Something happened while the decider was thinking: it must see that before it may close the execution. */
  readonly unseenChange: boolean
  /** Has a new decision task scheduled once the batch is through: something was decided that the decider must hear about. */
  requestDecisionTask(): void
}

/** One decision, found valid and ready to be taken. */
export interface Step {
  readonly type: string
  readonly closes: boolean
  take(draft: Draft, batch: Batch): void
}

/** A type of decision: how its attributes look on the wire, and what taking it writes. */
export interface DecisionKind {
  readonly closes: boolean
  /** @returns nothing when there are problems. */
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
      const attributes = raw[member] ?? (optional ? {} : undefined)
      if (attributes === undefined) problems.push(violation(undefined, `${path}.${member}`, 'not be null'))
      else if (shape.check(attributes, `${path}.${member}`, problems))
        return { type, closes, take: (draft, batch) => take(draft, attributes, batch) }
      return undefined
    },
  }
}
