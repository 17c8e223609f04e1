import { readDashboardMessage, UnreadableMessageError, type DashboardMessage } from '@continuum/messages'

const highestVersion = 2 ** 31 - 1

/**
 * The message in a form that can be kept and shown: read, and free of what text in PostgreSQL cannot hold.
 *
 * @throws UnreadableMessageError
 */
export function understand(body: string): DashboardMessage {
  const message = readDashboardMessage(body)
  if (message.message_type === 'unidentified-delivery') return storable(message)
  if (Number(message.version) > highestVersion) throw new UnreadableMessageError(`${message.version} is not a version`)
  if (message.message_type === 'event' && message.retry_at !== undefined) checkInstant(message.retry_at)
  return storable(message)
}

/** The same with U+FFFD where its texts hold a NUL or half a character. */
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
