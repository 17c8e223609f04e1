import type { Event, Property } from '@continuum/messages'
import { microseconds } from './instant.ts'
import type { Received } from './model.ts'

/** Of two events of one step at the same time, the start comes first, and what tells its progress before its end. */
const rankOf = (status: string) => (status === 'start' ? 0 : status === 'progress' ? 1 : 2)

/** Removes repeated messages: two messages with the same `message_id` are the same. */
export function deduplicate<Message extends Event | Property>(
  received: readonly Received<Message>[],
): Received<Message>[] {
  const byId = new Map<string, Received<Message>>()
  for (const one of received) {
    const known = byId.get(one.message.message_id)
    if (known === undefined || one.sent < known.sent) byId.set(one.message.message_id, one)
  }
  return [...byId.values()]
}

/** Sorts events by the time at which they happened, whatever the order in which they arrived. */
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

/** Sorts properties by the time at which the queue accepted them, since they carry no time of their own; the last value counts. */
export function propertiesInOrder(properties: readonly Received<Property>[]): Received<Property>[] {
  return properties.toSorted((a, b) => a.sent - b.sent || compareIds(a.message, b.message))
}

function compareIds(a: { message_id: string }, b: { message_id: string }): number {
  return a.message_id < b.message_id ? -1 : a.message_id > b.message_id ? 1 : 0
}
