import type { HistoryEvent } from '@aws-sdk/client-swf'

/**
 * A history in the shape that `aws swf get-workflow-execution-history` writes, for a file: `replay` reads it, and so does
 * `importHistory` of aws-local.
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
