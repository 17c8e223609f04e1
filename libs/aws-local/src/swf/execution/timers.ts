import { scheduleDecisionTask } from './decision-tasks.ts'
import type { Draft } from './draft.ts'
import type { Timer, Reducers } from './state.ts'

export const timerEvents = {
  TimerStarted(state, { id, at, attributes: { timerId, startToFireTimeout } }) {
    state.timers.set(timerId, { startedEventId: id, timerId, due: at + Number(startToFireTimeout) * 1000 })
  },
  TimerFired(state, { attributes }) {
    state.timers.delete(attributes.timerId)
  },
  TimerCanceled(state, { attributes }) {
    state.timers.delete(attributes.timerId)
  },
} satisfies Reducers

export function fireTimer(draft: Draft, { timerId, startedEventId }: Timer): void {
  draft.record('TimerFired', { timerId, startedEventId })
  scheduleDecisionTask(draft)
}
