import { Type, type Static } from 'typebox'
import { readBody } from './body.ts'
import { InstantText, Name, Version } from './fields.ts'
import { toInstantText } from './instant.ts'
import { parseAs, UnreadableMessageError } from './unreadable.ts'

/** An event of a run: something started, ended or failed. */
export type Event = Static<typeof Event>
export const Event = Type.Object({
  message_type: Type.Literal('event'),
  item_identifier: Name,
  version: Version,
  run: Name,
  event_type: Name,
  timestamp: InstantText,
  /** `start`, `end`, `error`, `retry`, or `busy` (waiting for a busy service); any other is stored and shown as it is. */
  status: Name,
  message: Type.String(),
  message_id: Name,
  attempt: Type.Optional(Type.Integer({ minimum: 1 })),
  attempts: Type.Optional(Type.Integer({ minimum: 1 })),
  /** The instant of the next attempt. */
  retry_at: Type.Optional(InstantText),
  /** The package that the run comes from. */
  delivery: Type.Optional(
    Type.Object({
      bucket_name: Name,
      file_name: Name,
      file_etag: Type.Union([Type.String(), Type.Null()]),
      /** Bytes. */
      file_size: Type.Optional(Type.Integer({ minimum: 0 })),
      event_time: InstantText,
    }),
  ),
})

/** A property of a version, or with version 0 of the whole article. */
export type Property = Static<typeof Property>
export const Property = Type.Object({
  message_type: Type.Literal('property'),
  item_identifier: Name,
  version: Version,
  /** The run that the value comes from; messages of the original do not have it. */
  run: Type.Optional(Name),
  name: Name,
  /** An integer where `property_type` is `int`, otherwise text. */
  value: Type.Union([Type.String(), Type.Integer()]),
  property_type: Type.Union([Type.Literal('text'), Type.Literal('int'), Type.Literal('date')]),
  message_id: Name,
})

/** A message that could not be understood; the dashboard shows it, with the reason. */
export type UnidentifiedDelivery = Static<typeof UnidentifiedDelivery>
export const UnidentifiedDelivery = Type.Object({
  message_type: Type.Literal('unidentified-delivery'),
  /** The queue it came from. */
  source: Name,
  reason: Type.String(),
  /** The body as it came. */
  raw: Type.String(),
  message_id: Name,
})

/** Any message of the dashboard's queue. */
export type DashboardMessage = Static<typeof DashboardMessage>
export const DashboardMessage = Type.Union([Event, Property, UnidentifiedDelivery])

/**
 * Reads a message of the dashboard's queue into its canonical form: timestamps are UTC (one without an offset is UTC
 * already), a property without a version belongs to the whole article, an `int` is a number and all else text.
 *
 * @throws {UnreadableMessageError}
 */
export function readDashboardMessage(body: string): DashboardMessage {
  const given: Record<string, unknown> = { ...Object(readBody(body)) }
  switch (given['message_type']) {
    case 'event':
      return readEvent(given)
    case 'property':
      return readProperty(given)
    case 'unidentified-delivery':
      return parseAs(UnidentifiedDelivery, given, 'an unidentified delivery')
    default:
      throw new UnreadableMessageError(
        `Unknown message_type ${JSON.stringify(given['message_type'])}: event, property or unidentified-delivery is expected`,
      )
  }
}

function readEvent(given: Record<string, unknown>): Event {
  const timestamp = typeof given['timestamp'] === 'string' ? toInstantText(given['timestamp']) : given['timestamp']
  return parseAs(Event, { ...given, timestamp, message: given['message'] ?? '' }, 'an event')
}

function readProperty(given: Record<string, unknown>): Property {
  const { version, value, property_type } = given
  return parseAs(
    Property,
    { ...given, version: version ?? 0, value: property_type === 'int' ? toInteger(value) : toText(value) },
    'a property',
  )
}

function toText(value: unknown): unknown {
  return value === null ? '' : typeof value === 'number' ? String(value) : value
}

function toInteger(value: unknown): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number
  throw new UnreadableMessageError(`Not a property: property_type is int, but value is ${JSON.stringify(value)}`)
}
