import { UnreadableMessageError } from './unreadable.ts'

/**
 * Reads the object in the body of a queue message. Three forms are in use: JSON; base64 of JSON, with or without line
 * breaks; and the envelope that SNS puts around either.
 *
 * @throws {UnreadableMessageError} when it is none of these, or its JSON is not an object
 */
export function readBody(body: string): unknown {
  const outer = readPayload(body)
  return isEnvelope(outer) ? readPayload(outer.Message) : outer
}

/** Encodes a message for a queue, as plain JSON. */
export function encodeMessage(message: object): string {
  return JSON.stringify(message)
}

function readPayload(text: string): object {
  const value = parseJson(text) ?? parseJson(fromBase64(text))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new UnreadableMessageError(
    `The message is neither a JSON object nor base64 of one; it begins ${JSON.stringify(text.slice(0, 60))}`,
  )
}

/** Parses a JSON object; undefined where the text is not one. */
function parseJson(text: string | undefined): unknown {
  if (text === undefined || !text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fromBase64(text: string): string | undefined {
  const compact = text.replaceAll(/\s/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'))
  } catch {
    return undefined
  }
}

function isEnvelope(value: object): value is { TopicArn: string; Message: string } {
  return 'TopicArn' in value && 'Message' in value && typeof value.Message === 'string'
}
