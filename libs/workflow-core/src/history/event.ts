import type { HistoryEvent } from '@aws-sdk/client-swf'
import { MalformedHistory } from '../values/errors.ts'

/** @throws MalformedHistory when the event lacks what SWF always gives */
export function given<Value>(event: HistoryEvent, value: Value | undefined, attribute: string): Value {
  if (value !== undefined) return value
  throw new MalformedHistory(`Event ${event.eventId ?? '?'} (${event.eventType ?? 'no type'}) lacks its ${attribute}.`)
}

export function idOf(event: HistoryEvent): number {
  return given(event, event.eventId, 'eventId')
}

export function timeOf(event: HistoryEvent): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(given(event, event.eventTimestamp, 'eventTimestamp').getTime())
}
