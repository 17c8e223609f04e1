import { readDashboardMessage, UnreadableMessageError, type DashboardMessage } from '@continuum/messages'

const maxVersion = 2 ** 31 - 1

/**
 * Parses a message and replaces the characters that PostgreSQL cannot store.
 *
 * @throws UnreadableMessageError
 */
export function parseMessage(body: string): DashboardMessage {
  const message = readDashboardMessage(body)
  if (message.message_type === 'unidentified-delivery') return storable(message)
  if (Number(message.version) > maxVersion)
    throw new UnreadableMessageError(`${message.version} is too large for a version`)
  if (message.message_type === 'event' && message.retry_at !== undefined) checkInstant(message.retry_at)
  return storable(message)
}

/** Replaces NULs and lone surrogates in the value's texts with U+FFFD. */
export function storable<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part,
  )
}

function checkInstant(text: string): void {
  try {
    Temporal.Instant.from(text)
  } catch (error) {
    throw new UnreadableMessageError(`${JSON.stringify(text)} is not a point in time`, { cause: error })
  }
}
