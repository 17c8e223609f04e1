import type { EventAttributes, EventOf, EventType } from './events.ts'
import type { ExecutionState } from './state.ts'

/** The next events of one execution, written one by one; each is in the state at once, for the next one builds on it. */
export interface Draft {
  readonly state: ExecutionState
  /** Milliseconds; no event is older than the one before it. */
  readonly at: number
  /** Appends an event and says its id. */
  record<T extends EventType>(type: T, attributes: EventAttributes[T]): number
}

/** Takes each event that is recorded. */
export type Sink = <T extends EventType>(event: EventOf<T>) => void
