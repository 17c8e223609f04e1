import type { Draft } from '../execution/draft.ts'
import type { EventAttributes, EventOf, EventType, Run } from '../execution/events.ts'
import type { Execution, OpenExecutions } from './open-executions.ts'

/** The part of the engine that side effects use: open executions, and writing to them. */
export interface ExecutionWriter {
  readonly open: OpenExecutions
  /** Starts an execution; its workflow id must be free. */
  start(domain: string, run: Run, started: EventAttributes['WorkflowExecutionStarted']): Execution
  /** Writes next events of an execution, and their side effects on others, in one transaction. */
  change<T>(execution: Execution, write: (draft: Draft) => T): T
}

/** Side effects that events of one execution have on others, by event type, and the events that report back to it. */
export type SideEffects = {
  [T in EventType]?: (engine: ExecutionWriter, execution: Execution, event: EventOf<T>) => void
}
