import type { RecordedEvent } from './swf-recording.ts'

/** A heartbeat of an activity, which writes no event: that it came follows from when the activity timed out. */
export interface Heartbeat {
  /** Seconds since the epoch. */
  readonly at: number
  readonly scheduledEventId: number
  readonly details: string | undefined
}

const ends = ['ActivityTaskCompleted', 'ActivityTaskFailed', 'ActivityTaskTimedOut', 'ActivityTaskCanceled']

/** The heartbeats without which the activities of a history would have timed out earlier, or with other details; oldest first. */
export function heartbeatsOf(history: readonly RecordedEvent[]): Heartbeat[] {
  return history
    .filter(({ eventType }) => eventType === 'ActivityTaskStarted')
    .flatMap((started) => heartbeatsSince(started, history))
    .toSorted((one, other) => one.at - other.at)
}

function heartbeatsSince(started: RecordedEvent, history: readonly RecordedEvent[]): Heartbeat[] {
  const { scheduledEventId = 0 } = started.attributes
  const timeout = Number(history[scheduledEventId - 1]?.attributes.heartbeatTimeout)
  const end = history.find(
    ({ eventType, attributes }) => ends.includes(eventType) && attributes.scheduledEventId === scheduledEventId,
  )
  const timedOut = end?.eventType === 'ActivityTaskTimedOut' ? end.attributes : undefined
  const endsAt = (end ?? history.at(-1) ?? started).eventTimestamp
  const last = timedOut?.timeoutType === 'HEARTBEAT' ? endsAt - timeout : endsAt
  const beat = (at: number): Heartbeat => ({ at, scheduledEventId, details: timedOut?.details })
  const beats: Heartbeat[] = timedOut?.details === undefined ? [] : [beat(started.eventTimestamp)]
  for (let at = started.eventTimestamp + timeout / 2; at < last; at += timeout / 2) beats.push(beat(at))
  return last < endsAt && last > started.eventTimestamp ? [...beats, beat(last)] : beats
}
