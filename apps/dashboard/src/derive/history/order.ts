import type { Event, Property } from '@continuum/messages'
import { microseconds } from './instant.ts'
import type { Received } from './model.ts'

/** Of two things said of one step at the same moment, its start comes first. */
const rankOf = (status: string) => (status === 'start' ? 0 : 1)

/**
 * Each message once, whatever the number of deliveries.
 *
 * Two messages are the same when their `message_id` is: for events as for properties.
 */
export function deduplicate<Message extends Event | Property>(received: readonly Received<Message>[]): Received<Message>[] {
  const byId = new Map<string, Received<Message>>()
  for (const one of received) {
    const known = byId.get(one.message.message_id)
    if (known === undefined || one.sent < known.sent) byId.set(one.message.message_id, one)
  }
  return [...byId.values()]
}

/** Events in the order in which they happened, independent of the order in which they arrived. */
export function eventsInOrder(events: readonly Received<Event>[]): Received<Event>[] {
  return events
    .map((one) => ({ one, at: microseconds(one.message.timestamp) }))
    .toSorted(
      (a, b) =>
        a.at - b.at ||
        a.one.sent - b.one.sent ||
        rankOf(a.one.message.status) - rankOf(b.one.message.status) ||
        compareIds(a.one.message, b.one.message),
    )
    .map(({ one }) => one)
}

/** Properties in the order in which the queue took them: they carry no time of their own. The last one said holds. */
export function propertiesInOrder(properties: readonly Received<Property>[]): Received<Property>[] {
  return properties.toSorted((a, b) => a.sent - b.sent || compareIds(a.message, b.message))
}

function compareIds(a: { message_id: string }, b: { message_id: string }): number {
  return a.message_id < b.message_id ? -1 : a.message_id > b.message_id ? 1 : 0
}
