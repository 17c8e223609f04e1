import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Thrown when a message body says nothing we know, with the reason for a person to read. It will not be readable the next
 * time either: such a body belongs in the dead-letter queue and on the dashboard.
 */
export class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError'
  readonly retry = false
}

/**
 * The value, known to be of the schema's shape.
 *
 * @param what names the message in the error: `an event`
 * @throws UnreadableMessageError naming each field that is wrong
 */
export function parseAs<Schema extends TSchema>(schema: Schema, value: unknown, what: string): Static<Schema> {
  if (Value.Check(schema, value)) return value
  const problems = Value.Errors(schema, value).map(({ instancePath, message }) =>
    `${instancePath.slice(1).replaceAll('/', '.')} ${message}`.trim(),
  )
  throw new UnreadableMessageError(`This is not ${what}: ${[...new Set(problems)].slice(0, 5).join('; ')}`)
}
