import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { InvalidPayloadError, PayloadNotFoundError, PayloadTooLargeError } from './errors.ts'

/** SWF's limit for an input, a result, details or a signal, in characters; longer values need a payload store. */
export const maxPayloadLength = 32_768

/**
 * Encodes a value as JSON for SWF; `undefined` (of `Type.Void()`) as no text.
 * @param schema absent: any value
 * @param subject names the value in errors: `Input of ConvertImages.fig1`
 * @param maxLength maximum number of characters
 * @throws InvalidPayloadError when the value does not fit the schema or cannot be written as JSON
 * @throws PayloadTooLargeError
 */
export function encode<Schema extends TSchema>(
  schema: Schema | undefined,
  value: Static<Schema>,
  subject: string,
  maxLength: number,
): string | undefined {
  check(schema, value, subject)
  const text = stringify(value, subject)
  if (text !== undefined) checkLength(text, subject, maxLength)
  return text
}

/**
 * Decodes a text from SWF. Absent or empty text is `undefined`.
 * @throws InvalidPayloadError when it is not JSON or does not fit the schema
 * @throws PayloadNotFoundError when it is a reference to a value in a store
 */
export function decode<Schema extends TSchema>(
  schema: Schema | undefined,
  text: string | undefined,
  subject: string,
): Static<Schema> {
  const value = parse(text, subject)
  check(schema, value, subject)
  return value
}

/** Checks the length of an encoded value. @throws PayloadTooLargeError */
export function checkLength(text: string, subject: string, maxLength: number): void {
  if (text.length <= maxLength) return
  throw new PayloadTooLargeError(
    `${subject} has ${text.length} characters of JSON; SWF takes at most ${maxLength}. ` +
      'Put it on S3 and pass its key, or give deciders, workers and clients a payload store.',
  )
}

/**
 * Maximum size of the decisions of one response in bytes of JSON: SWF's limit of 1 MB for a request, less 64 KB for the task's token,
 * a closing decision and small decisions, which are not counted against it.
 */
export const maxDecisionsSize = 960 * 1024

/** Tells whether a text from SWF is a reference to a value in a store. @see createPayloads */
export function isReference(text: string): boolean {
  return reference.test(text)
}

/** Matches a reference to a stored value; the hash is the key in the store. */
export const reference = /^stored sha256:([0-9a-f]{64}) \(\d+ characters\)$/

function stringify(value: unknown, subject: string): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new InvalidPayloadError(`${subject} cannot be written as JSON: ${String(cause)}`, { cause })
  }
}

function parse(text: string | undefined, subject: string): unknown {
  if (text === undefined || text === '') return undefined
  if (isReference(text)) throw new PayloadNotFoundError(`${subject} is ${text}: read it from the store first.`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new InvalidPayloadError(`${subject} is not JSON: ${String(cause)}`, { cause })
  }
}

/** Parses JSON; returns `undefined` for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const compiled = new WeakMap<TSchema, Validator>()

/** Checks a value against a schema. @throws InvalidPayloadError */
export function check<Schema extends TSchema>(
  schema: Schema | undefined,
  value: unknown,
  subject: string,
): asserts value is Static<Schema> {
  if (schema === undefined) return
  let validator = compiled.get(schema)
  if (validator === undefined) compiled.set(schema, (validator = Compile(schema)))
  if (validator.Check(value)) return
  const faults = validator.Errors(value).slice(0, 5)
  const list = faults.map(({ instancePath, message }) => `${instancePath === '' ? 'it' : instancePath} ${message}`)
  throw new InvalidPayloadError(`${subject} does not fit its schema: ${list.join('; ')}.`)
}
