import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
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
  if (fits(schema, value)) return value
  const problems = Value.Errors(schema, value).map(({ instancePath, message }) =>
    `${instancePath.slice(1).replaceAll('/', '.')} ${message}`.trim(),
  )
  throw new UnreadableMessageError(`Not ${what}: ${[...new Set(problems)].slice(0, 5).join('; ')}`)
}

const compiled = new WeakMap<TSchema, Validator>()

/** Checks with a schema that is compiled once: an article takes a hundred messages. */
function fits<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  let validator = compiled.get(schema)
  if (validator === undefined) compiled.set(schema, (validator = Compile(schema)))
  return validator.Check(value)
}
