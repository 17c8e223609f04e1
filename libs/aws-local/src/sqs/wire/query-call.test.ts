import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readQueryCall } from './query-call.ts'

const read = (form: string, path = '/') => readQueryCall(form, path)

test('maps, lists and entries are converted to the form of the JSON protocol', () => {
  const form = [
    'Action=SendMessage',
    'Version=2012-11-05',
    'MessageBody=a+b%26c',
    'MessageAttribute.1.Name=colour',
    'MessageAttribute.1.Value.DataType=String',
    'MessageAttribute.1.Value.StringValue=red',
  ].join('&')
  expect(read(form, '/123456789012/incoming')).toEqual({
    operation: 'SendMessage',
    input: {
      QueueUrl: '/123456789012/incoming',
      MessageBody: 'a b&c',
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } },
    },
  })
  expect(
    read('Action=CreateQueue&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=a&Tag.1.Value=b').input,
  ).toMatchObject({
    Attributes: { DelaySeconds: '5' },
    tags: { a: 'b' },
  })
  const batch =
    'Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=x&DeleteMessageBatchRequestEntry.1.ReceiptHandle=y'
  expect(read(batch).input).toEqual({ Entries: [{ Id: 'x', ReceiptHandle: 'y' }] })
})

test('lists keep the order of their numbers, ten after nine', () => {
  const names = Array.from({ length: 11 }, (_, index) => `n${index + 1}`)
  const form = names
    .map((name, index) => `AttributeName.${index + 1}=${name}`)
    .toReversed()
    .join('&')
  expect(read(`Action=GetQueueAttributes&${form}`).input).toEqual({ AttributeNames: names })
})

test('QueueUrl takes precedence over the path', () => {
  expect(read('Action=X&QueueUrl=http%3A%2F%2Fh%2F1%2Fa', '/1/b').input).toEqual({ QueueUrl: 'http://h/1/a' })
})

test('any form is parsed or refused as a client error, and changes no prototype', () => {
  const part = fc.constantFrom('Action', 'Attribute', '1', '2', 'Name', 'Value', '__proto__', 'constructor', '', 'x')
  const field = fc
    .tuple(fc.array(part, { maxLength: 4 }), fc.string())
    .map(([path, value]) => `${path.join('.')}=${encodeURIComponent(value)}`)
  fc.assert(
    fc.property(fc.array(field, { maxLength: 8 }), (fields) => {
      try {
        read(fields.join('&'))
      } catch (error) {
        expect(error).toMatchObject({ name: 'SqsError' })
      }
      expect(Object.keys(Object.prototype)).toEqual([])
    }),
  )
})
