import type { EventOf, EventType } from './events.ts'

/** Encodes an event for clients and the store: attributes under a member named after the type, time in seconds. */
export function encodeEvent<T extends EventType>({ id, at, type, attributes }: EventOf<T>): string {
  return `{"eventId":${id},"eventTimestamp":${at / 1000},"eventType":"${type}","${attributesMember(type)}":${JSON.stringify(attributes)}}`
}

interface WireEvent {
  eventId: number
  eventTimestamp: number
  eventType: EventType
  [attributes: `${string}EventAttributes`]: EventOf<EventType>['attributes']
}

/** Decodes an event that `encodeEvent` encoded. */
export function decodeEvent(text: string): EventOf<EventType> {
  const wire: WireEvent = JSON.parse(text)
  const attributes = wire[attributesMember(wire.eventType)]
  if (attributes === undefined)
    throw new Error(`The stored event ${wire.eventId} (${wire.eventType}) has no attributes.`)
  return { id: wire.eventId, at: Math.round(wire.eventTimestamp * 1000), type: wire.eventType, attributes }
}

const attributesMember = (type: EventType) => `${type.charAt(0).toLowerCase()}${type.slice(1)}EventAttributes` as const
