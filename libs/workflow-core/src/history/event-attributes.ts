import type { HistoryEvent } from '@aws-sdk/client-swf'
import { MalformedHistoryError } from '../values/errors.ts'

/** Returns an attribute that SWF always sets. @throws MalformedHistoryError when the event lacks it */
export function required<Value>(event: HistoryEvent, value: Value | undefined, attribute: string): Value {
  if (value !== undefined) return value
  throw new MalformedHistoryError(
    `Event ${event.eventId ?? '?'} (${event.eventType ?? 'no type'}) lacks its ${attribute}.`,
  )
}

/** Returns the id of an event. @throws MalformedHistoryError */
export function idOf(event: HistoryEvent): number {
  return required(event, event.eventId, 'eventId')
}

/** Returns the time of an event. @throws MalformedHistoryError */
export function timeOf(event: HistoryEvent): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(required(event, event.eventTimestamp, 'eventTimestamp').getTime())
}
