import * as m from '../wire/members.ts'
import { structure } from '../wire/shape.ts'
import { decision } from './decision.ts'

/** Maximum number of open timers of an execution. */
const openLimit = 1000

export const startTimer = decision(
  structure({ timerId: m.name, startToFireTimeout: m.seconds }, { control: m.data }),
  (draft, { timerId, startToFireTimeout, control }, batch) => {
    const { decisionTaskCompletedEventId } = batch
    const { timers } = draft.state
    if (timers.has(timerId) || timers.size >= openLimit) {
      const cause = timers.has(timerId) ? 'TIMER_ID_ALREADY_IN_USE' : 'OPEN_TIMERS_LIMIT_EXCEEDED'
      draft.record('StartTimerFailed', { timerId, cause, decisionTaskCompletedEventId })
      batch.requestDecisionTask()
    } else draft.record('TimerStarted', { timerId, startToFireTimeout, control, decisionTaskCompletedEventId })
  },
)

export const cancelTimer = decision(structure({ timerId: m.name }, {}), (draft, { timerId }, batch) => {
  const { decisionTaskCompletedEventId } = batch
  const timer = draft.state.timers.get(timerId)
  if (timer === undefined) {
    draft.record('CancelTimerFailed', { timerId, cause: 'TIMER_ID_UNKNOWN', decisionTaskCompletedEventId })
    batch.requestDecisionTask()
  } else draft.record('TimerCanceled', { timerId, startedEventId: timer.startedEventId, decisionTaskCompletedEventId })
})
