import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeMessage, readBody } from './body.ts'
import { UnreadableMessageError } from './unreadable.ts'

/** Any JSON object: a message of any kind. */
const anyMessage = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }))
  .map((message): object => JSON.parse(JSON.stringify(message)))

const base64 = (text: string) => Buffer.from(text).toString('base64')
const broken = (text: string) => text.replaceAll(/(.{1,76})/g, '$1\n')
const sns = (text: string) => JSON.stringify({ Type: 'Notification', TopicArn: 'arn:aws:sns:::t', Message: text })

const encodings: Record<string, (text: string) => string> = {
  JSON: (text) => text,
  'JSON with space around it': (text) => `\n ${text} \n`,
  base64: base64,
  'base64 with line breaks': (text) => broken(base64(text)),
  'JSON in an SNS envelope': sns,
  'base64 in an SNS envelope': (text) => sns(base64(text)),
  'base64 of an SNS envelope': (text) => base64(sns(text)),
}

test.each(Object.entries(encodings))('any message reads back from %s', (_, encode) => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      fc.pre(!('TopicArn' in message))
      expect(readBody(encode(encodeMessage(message)))).toEqual(message)
    }),
  )
})

test('any text that is not a message is said to be unreadable, never anything else', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String(), fc.json()), (text) => {
      let value: unknown
      try {
        value = readBody(text)
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableMessageError)
        return
      }
      expect(value).toBeTypeOf('object')
    }),
    { numRuns: 1000 },
  )
})

test.each(['', '{', '{}x', '[]', '"{}"', '17', 'null', 'eyJ', base64('[1]'), base64('{'), sns('no'), '{"a":1}{"b":2}'])(
  '%j is unreadable',
  (text) => {
    expect(() => readBody(text)).toThrow(UnreadableMessageError)
  },
)
