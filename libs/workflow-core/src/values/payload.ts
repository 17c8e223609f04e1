import type { Static, TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { InvalidPayload, NotInStore, PayloadTooLarge } from './errors.ts'

/** SWF takes no more in an input, a result, details or a signal; what is longer needs a store (`payload-store`). */
export const longestPayload = 32_768

/**
 * A value as the text that SWF carries; `undefined` (of `Type.Void()`) as no text.
 * @param schema absent: anything goes
 * @param subject names the step and the side in errors: `Input of ConvertImages.fig1`
 * @param longest how many characters it may have
 * @throws InvalidPayload when the value does not fit the schema or JSON cannot say it
 * @throws PayloadTooLarge
 */
export function encode<Schema extends TSchema>(
  schema: Schema | undefined,
  value: Static<Schema>,
  subject: string,
  longest: number,
): string | undefined {
  check(schema, value, subject)
  const text = stringify(value, subject)
  if (text !== undefined) checkLength(text, subject, longest)
  return text
}

/**
 * The value of a text from SWF. Absent or empty text is `undefined`.
 * @throws InvalidPayload when it is no JSON or does not fit the schema
 * @throws NotInStore when it stands for a value in a store
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

/** @throws PayloadTooLarge above the longest */
export function checkLength(text: string, subject: string, longest: number): void {
  if (text.length <= longest) return
  throw new PayloadTooLarge(
    `${subject} has ${text.length} characters of JSON; SWF takes ${longest}. ` +
      'Put it on S3 and pass its key, or give deciders, workers and clients a store.',
  )
}

/** Whether a text of SWF stands for a value that lies in a store, and is none itself. @see createPayloads */
export function isReference(text: string): boolean {
  return reference.test(text)
}

/** The hash is the key in the store. */
export const reference = /^stored sha256:([0-9a-f]{64}) \(\d+ characters\)$/

function stringify(value: unknown, subject: string): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new InvalidPayload(`${subject} cannot be written as JSON: ${String(cause)}`, { cause })
  }
}

function parse(text: string | undefined, subject: string): unknown {
  if (text === undefined || text === '') return undefined
  if (isReference(text)) throw new NotInStore(`${subject} is ${text}: read it from the store first.`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new InvalidPayload(`${subject} is not JSON: ${String(cause)}`, { cause })
  }
}

/** The JSON value of a text, `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const compiled = new WeakMap<TSchema, Validator>()

/** @throws InvalidPayload when the value does not fit */
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
  throw new InvalidPayload(`${subject} does not fit its schema: ${list.join('; ')}.`)
}
