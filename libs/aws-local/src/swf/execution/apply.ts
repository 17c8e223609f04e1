import { activityEvents } from './activities.ts'
import { childEvents } from './children.ts'
import { closingEvents } from './closing.ts'
import { decisionTaskEvents } from './decision-tasks.ts'
import type { EventOf, EventType } from './events.ts'
import type { ExecutionState } from './state.ts'
import { timerEvents } from './timers.ts'

/** What each type of event changes in the state; a type that is not named changes nothing. */
export type Reducers = { [T in EventType]?: (state: ExecutionState, event: EventOf<T>) => void }

const reducers: Reducers = {
  ...activityEvents,
  ...childEvents,
  ...closingEvents,
  ...decisionTaskEvents,
  ...timerEvents,
  WorkflowExecutionCancelRequested(state) {
    state.cancelRequested = true
  },
}

/** Brings `state` forward by its next event. */
export function applyEvent<T extends EventType>(state: ExecutionState, event: EventOf<T>): void {
  state.lastEventId = event.id
  state.lastEventAt = event.at
  reducers[event.type]?.(state, event)
}
