import type { HistoryEvent } from '@aws-sdk/client-swf'

/**
 * Converts a history to the JSON that `aws swf get-workflow-execution-history` prints. `replay` and the `importHistory` of
 * aws-local read it.
 */
export function exportHistory(events: readonly HistoryEvent[]): { events: object[] } {
  return {
    events: events.map(({ eventTimestamp, eventType, eventId, ...attributes }) => ({
      eventTimestamp: eventTimestamp?.toISOString().replace('Z', '000+00:00'),
      eventType,
      eventId,
      ...attributes,
    })),
  }
}
