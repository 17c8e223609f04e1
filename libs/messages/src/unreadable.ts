import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Thrown when the body of a message cannot be understood, with the reason for a person to read. A retry does not help:
 * such a message belongs on the dead-letter queue and on the dashboard.
 */
export class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError'
  readonly retry = false
}

/**
 * Checks that a value has the schema's shape, and returns it.
 *
 * @param what names the message in the error: `an event`
 * @throws {UnreadableMessageError} which names each invalid field
 */
export function parseAs<Schema extends TSchema>(schema: Schema, value: unknown, what: string): Static<Schema> {
  if (Value.Check(schema, value)) return value
  const problems = Value.Errors(schema, value).map(({ instancePath, message }) =>
    `${instancePath.slice(1).replaceAll('/', '.')} ${message}`.trim(),
  )
  throw new UnreadableMessageError(`Not ${what}: ${[...new Set(problems)].slice(0, 5).join('; ')}`)
}
