import { timeOutActivity } from './activities.ts'
import { timeOutExecution } from './closing.ts'
import { timeOutStartedDecision, timeOutWaitingDecision } from './decision-tasks.ts'
import type { Draft } from './draft.ts'
import type { TimeoutType } from './events.ts'
import type { Activity, ExecutionState } from './state.ts'
import { fireTimer } from './timers.ts'

/** The next due time of an execution, and what happens then. */
export interface Due {
  readonly at: number
  readonly expire: (draft: Draft) => void
}

/** The earliest due time: of a timer, of a timeout of an activity, a decision task or the whole execution. */
export function nextDue(state: ExecutionState): Due | undefined {
  if (state.closed !== undefined) return undefined
  const { configuration, startedDecision, waitingDecision } = state
  let first: Due | undefined
  const consider = (at: number, expire: Due['expire']) => {
    if (at < (first?.at ?? Infinity)) first = { at, expire }
  }
  for (const timer of state.timers.values()) consider(timer.due, (draft) => fireTimer(draft, timer))
  for (const activity of state.activities.values()) {
    const { at, type } = firstTimeout(activity)
    consider(at, (draft) => timeOutActivity(draft, activity, type))
  }
  if (startedDecision !== undefined)
    consider(after(startedDecision.startedAt, startedDecision.attributes.startToCloseTimeout), (draft) =>
      timeOutStartedDecision(draft, startedDecision),
    )
  else if (waitingDecision !== undefined)
    consider(after(waitingDecision.scheduledAt, waitingDecision.attributes.scheduleToStartTimeout), (draft) =>
      timeOutWaitingDecision(draft, waitingDecision.scheduledEventId),
    )
  consider(after(state.startedAt, configuration.executionStartToCloseTimeout), timeOutExecution)
  return first
}

/** The earliest timeout of an activity; of several at the same time, the one that says more about the reason. */
function firstTimeout({ scheduledAt, started, heartbeat, attributes }: Activity): { at: number; type: TimeoutType } {
  const whole = { at: after(scheduledAt, attributes.scheduleToCloseTimeout), type: 'SCHEDULE_TO_CLOSE' } as const
  if (started === undefined)
    return earlier({ at: after(scheduledAt, attributes.scheduleToStartTimeout), type: 'SCHEDULE_TO_START' }, whole)
  const silence = { at: after(heartbeat?.at ?? started.at, attributes.heartbeatTimeout), type: 'HEARTBEAT' } as const
  const running = { at: after(started.at, attributes.startToCloseTimeout), type: 'START_TO_CLOSE' } as const
  return earlier(running, earlier(silence, whole))
}

const earlier = <T extends { at: number }, U extends { at: number }>(one: T, other: U): T | U =>
  one.at <= other.at ? one : other

const after = (from: number, timeout: string | undefined) =>
  timeout === undefined || timeout === 'NONE' ? Infinity : from + Number(timeout) * 1000
