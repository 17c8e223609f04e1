import { activityEvents } from './activities.ts'
import { childEvents } from './children.ts'
import { closingEvents } from './closing.ts'
import { decisionTaskEvents } from './decision-tasks.ts'
import type { Draft, Sink } from './draft.ts'
import type { EventOf, EventType } from './events.ts'
import type { ExecutionState, Reducers } from './state.ts'
import { timerEvents } from './timers.ts'

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

/** Applies the next event to `state`. */
export function applyEvent<T extends EventType>(state: ExecutionState, event: EventOf<T>): void {
  state.lastEventId = event.id
  state.lastEventAt = event.at
  reducers[event.type]?.(state, event)
}

/** A draft of the next events of `state`, each dated `now` or, if that is later, like the event before it. */
export function createDraft(state: ExecutionState, now: number, sink: Sink): Draft {
  const at = Math.max(now, state.lastEventAt)
  return {
    state,
    at,
    record(type, attributes) {
      const event = { id: state.lastEventId + 1, at, type, attributes }
      applyEvent(state, event)
      sink(event)
      return event.id
    },
  }
}
