import {
  readDashboardMessages,
  UnreadableMessageError,
  type DashboardMessage,
  type ReadMessages,
} from '@continuum/messages'

const maxVersion = 2 ** 31 - 1

/**
 * Parses the messages in a body and replaces the characters that PostgreSQL cannot store. Each message that cannot be
 * stored is one of the errors.
 *
 * @throws {UnreadableMessageError} where the body is no message at all
 */
export function parseMessages(body: string): ReadMessages {
  const read = readDashboardMessages(body)
  const parsed: ReadMessages = { messages: [], errors: [...read.errors] }
  for (const message of read.messages) {
    const problem = problemOf(message)
    if (problem === undefined) parsed.messages.push(storable(message))
    else parsed.errors.push(new UnreadableMessageError(problem))
  }
  return parsed
}

function problemOf(message: DashboardMessage): string | undefined {
  if (message.message_type === 'unidentified-delivery') return undefined
  if (Number(message.version) > maxVersion) return `${message.version} is too large for a version`
  return message.message_type === 'event' && message.retry_at !== undefined && !isInstant(message.retry_at)
    ? `${JSON.stringify(message.retry_at)} is not a point in time`
    : undefined
}

/** Matches how JSON writes them, and escaped backslashes that look the same: those are looked at closely. */
const unstorable = /\\u(?:0000|d[89a-f])/i

/** Replaces NULs and lone surrogates in the value's texts with U+FFFD. */
export function storable<Value>(value: Value): Value {
  const text = JSON.stringify(value)
  if (!unstorable.test(text)) return value
  return JSON.parse(text, (_, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '\uFFFD') : part,
  )
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}
