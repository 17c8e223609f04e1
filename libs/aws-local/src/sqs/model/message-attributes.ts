import { createHash } from 'node:crypto'
import { SqsError } from './errors.ts'
import { type Input, text } from './input.ts'

/** An attribute of a message: a string (also for numbers), or bytes in base64. */
interface MessageAttribute {
  readonly DataType: string
  readonly StringValue?: string
  readonly BinaryValue?: string
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>

const refuse = (message: string) => new SqsError('InvalidParameterValueException', message)

/**
 * Checks message attributes as SQS does: at most ten, plain names, a data type of String, Number or Binary (with an optional
 * `.label`), a value that is not empty. Throws InvalidParameterValue.
 */
export function parseMessageAttributes(given: ReadonlyMap<string, Input>): MessageAttributes {
  if (given.size > 10)
    throw refuse('Number of message attributes [' + given.size + '] exceeds the allowed maximum [10].')
  return Object.fromEntries([...given].map(([name, value]) => [name, parseAttribute(name, value)]))
}

function parseAttribute(name: string, value: Input): MessageAttribute {
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(name) || name.length > 256 || /^(aws|amazon)\./i.test(name))
    throw refuse(
      `Invalid message attribute name '${name}': letters, digits, '_', '-' and single '.' within, at most 256.`,
    )
  const DataType = text(value, 'DataType') ?? ''
  const [, kind] = /^(String|Number|Binary)(\..+)?$/.exec(DataType) ?? []
  if (kind === undefined || DataType.length > 256)
    throw refuse(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    )
  const StringValue = text(value, 'StringValue')
  const BinaryValue = text(value, 'BinaryValue')
  const content = kind === 'Binary' ? BinaryValue : StringValue
  if (content === undefined || content === '')
    throw refuse(`The message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`)
  if (kind === 'Number' && !/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(content))
    throw refuse(`Can't cast the value of message (user) attribute '${name}' to a number.`)
  return kind === 'Binary' ? { DataType, BinaryValue: content } : { DataType, StringValue: content }
}

const valueOf = (attribute: MessageAttribute): Buffer =>
  attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? '')
    : Buffer.from(attribute.BinaryValue, 'base64')

/** Number of bytes that attributes add to the size of a message: names, types and values. */
export function attributesSize(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, it]) => sum + Buffer.byteLength(name) + Buffer.byteLength(it.DataType) + valueOf(it).length,
    0,
  )
}

export const md5 = (content: string): string => createHash('md5').update(content).digest('hex')

const lengthPrefixed = (bytes: Buffer): Buffer[] => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return [length, bytes]
}

/**
 * The MD5 that SDKs verify, over the attributes sorted by name: each as length-prefixed name and type, 1 for a string or 2 for
 * bytes, and length-prefixed value.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const byName = Object.entries(attributes).toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  if (byName.length === 0) return undefined
  const parts = byName.flatMap(([name, it]) => [
    ...lengthPrefixed(Buffer.from(name)),
    ...lengthPrefixed(Buffer.from(it.DataType)),
    Buffer.from([it.BinaryValue === undefined ? 1 : 2]),
    ...lengthPrefixed(valueOf(it)),
  ])
  return createHash('md5').update(Buffer.concat(parts)).digest('hex')
}
