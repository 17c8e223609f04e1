import { scheduleDecisionTask } from './decision-tasks.ts'
import type { Draft } from './draft.ts'
import type { TimeoutType } from './events.ts'
import type { Activity, ExecutionState, Reducers } from './state.ts'

function close(state: ExecutionState, event: { at: number; attributes: { scheduledEventId: number } }): void {
  const activity = state.activities.get(event.attributes.scheduledEventId)
  if (activity === undefined) return
  state.activities.delete(activity.scheduledEventId)
  state.activityIds.delete(activity.attributes.activityId)
  state.latestActivityTaskAt = event.at
}

export const activityEvents = {
  ActivityTaskScheduled(state, { id, at, attributes }) {
    const activity: Activity = { scheduledEventId: id, scheduledAt: at, attributes }
    state.activities.set(id, activity)
    state.activityIds.set(attributes.activityId, activity)
  },
  ActivityTaskStarted(state, { id, at, attributes }) {
    const activity = state.activities.get(attributes.scheduledEventId)
    if (activity !== undefined) activity.started = { eventId: id, at }
    state.latestActivityTaskAt = at
  },
  ActivityTaskCancelRequested(state, { id, attributes }) {
    const activity = state.activityIds.get(attributes.activityId)
    if (activity !== undefined) activity.cancelRequestedEventId = id
  },
  ActivityTaskCompleted: close,
  ActivityTaskFailed: close,
  ActivityTaskTimedOut: close,
  ActivityTaskCanceled: close,
} satisfies Reducers

export function startActivity(draft: Draft, activity: Activity, identity: string | undefined): number {
  return draft.record('ActivityTaskStarted', { scheduledEventId: activity.scheduledEventId, identity })
}

export function completeActivity(draft: Draft, activity: Activity, result: string | undefined): void {
  draft.record('ActivityTaskCompleted', { ...idsOf(activity), result })
  scheduleDecisionTask(draft)
}

export function failActivity(
  draft: Draft,
  activity: Activity,
  reason: string | undefined,
  details: string | undefined,
): void {
  draft.record('ActivityTaskFailed', { ...idsOf(activity), reason, details })
  scheduleDecisionTask(draft)
}

/** Cancels an activity. Scheduling the next decision task is left to the caller: a batch of decisions schedules one at its end. */
export function cancelActivity(draft: Draft, activity: Activity, details: string | undefined): void {
  const latestCancelRequestedEventId = activity.cancelRequestedEventId
  draft.record('ActivityTaskCanceled', { ...idsOf(activity), details, latestCancelRequestedEventId })
}

export function timeOutActivity(draft: Draft, activity: Activity, timeoutType: TimeoutType): void {
  draft.record('ActivityTaskTimedOut', { timeoutType, ...idsOf(activity), details: activity.heartbeat?.details })
  scheduleDecisionTask(draft)
}

const idsOf = ({ scheduledEventId, started }: Activity) => ({ scheduledEventId, startedEventId: started?.eventId ?? 0 })
