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
  /**
   * `start`, `progress` (its message says how far it is), `end`, `error`, `retry`, or `busy` (waiting for a busy service); any other
   * is stored and shown as it is.
   */
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

/** Messages that were sent together, as one message of the queue. */
export type MessageBatch = Static<typeof MessageBatch>
export const MessageBatch = Type.Object({
  message_type: Type.Literal('batch'),
  /** In the order in which they were sent; none of them is a batch. */
  messages: Type.Array(DashboardMessage, { minItems: 1 }),
})

const GivenBatch = Type.Object({
  message_type: Type.Literal('batch'),
  messages: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1 }),
})

/** The messages in the body of a queue message, and why the others in it could not be understood. */
export interface ReadMessages {
  readonly messages: DashboardMessage[]
  readonly errors: UnreadableMessageError[]
}

/**
 * Reads the messages of the dashboard's queue in a body, which is one message, as all are of the original system, or a batch.
 * Those of a batch that can be understood are read whatever the others are.
 *
 * @throws {UnreadableMessageError} where it is neither
 */
export function readDashboardMessages(body: string): ReadMessages {
  const given: Record<string, unknown> = { ...Object(readBody(body)) }
  if (given['message_type'] !== 'batch') return { messages: [readMessage(given)], errors: [] }
  const read: ReadMessages = { messages: [], errors: [] }
  for (const [index, one] of parseAs(GivenBatch, given, 'a batch').messages.entries()) {
    try {
      read.messages.push(readMessage(one))
    } catch (error) {
      if (!(error instanceof UnreadableMessageError)) throw error
      read.errors.push(
        new UnreadableMessageError(`Message ${index + 1} of the batch: ${error.message}`, { cause: error }),
      )
    }
  }
  return read
}

/**
 * Reads a message of the dashboard's queue into its canonical form: timestamps are UTC (one without an offset is UTC
 * already), a property without a version belongs to the whole article, an `int` is a number and all else text.
 */
function readMessage(given: Record<string, unknown>): DashboardMessage {
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
