import type { EventAttributes, EventOf, EventType } from './events.ts'
import type { ExecutionState } from './state.ts'

/** A draft of the next events of an execution. Each event is applied to the state at once, because the next one builds on it. */
export interface Draft {
  readonly state: ExecutionState
  /** Time of the events in milliseconds; no event is older than the one before it. */
  readonly at: number
  /** Records an event and returns its id. */
  record<T extends EventType>(type: T, attributes: EventAttributes[T]): number
}

/** Receives each recorded event. */
export type Sink = <T extends EventType>(event: EventOf<T>) => void
