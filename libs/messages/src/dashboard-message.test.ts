import { expect, test } from 'vitest'
import { readDashboardMessages } from './dashboard-message.ts'
import { UnreadableMessageError } from './unreadable.ts'

const event = {
  message_type: 'event',
  item_identifier: '00353',
  version: '1',
  run: 'bb2d37b8',
  event_type: 'Expand Article',
  timestamp: '2016-03-23T12:15:22.620270',
  status: 'start',
  message: 'Starting expansion of article 00353',
  message_id: 'e1',
}
const property = {
  message_type: 'property',
  item_identifier: '00353',
  version: 1,
  name: 'doi',
  value: '10.7554/eLife.00353',
  property_type: 'text',
  message_id: 'p1',
}
const read = (message: object) => readDashboardMessages(JSON.stringify(message)).messages[0]

test.each([
  ['2016-03-23T12:15:22.620270', '2016-03-23T12:15:22.62027Z'],
  ['2016-03-23 12:15:22', '2016-03-23T12:15:22Z'],
  ['2016-03-23T12:15:22Z', '2016-03-23T12:15:22Z'],
  ['2016-02-08T14:01:29+05:00', '2016-02-08T09:01:29Z'],
  ['2016-02-08T14:01:29-0330', '2016-02-08T17:31:29Z'],
])('the timestamp %s is the instant %s', (timestamp, instant) => {
  expect(read({ ...event, timestamp })).toEqual({ ...event, timestamp: instant })
})

test('an event may say which attempt it is and when the next follows', () => {
  const retry = {
    status: 'retry',
    attempt: 2,
    attempts: 5,
    retry_at: '2026-11-01T10:00:10Z',
    timestamp: '2026-11-01T10:00:00Z',
  }
  expect(read({ ...event, ...retry })).toEqual({ ...event, ...retry })
})

test('an event without a text has an empty one', () => {
  expect(read({ ...event, message: null })).toMatchObject({ message: '' })
})

test('a property without a version belongs to the whole article', () => {
  expect(read({ ...property, version: null })).toMatchObject({ version: 0 })
})

test('an int is a number, whether it was sent as text or not; all else is text', () => {
  expect(read({ ...property, property_type: 'int', value: '12' })).toMatchObject({ value: 12 })
  expect(read({ ...property, property_type: 'int', value: 12 })).toMatchObject({ value: 12 })
  expect(read({ ...property, value: 12 })).toMatchObject({ value: '12' })
  expect(read({ ...property, property_type: 'date', value: '2016-01-01' })).toMatchObject({ value: '2016-01-01' })
})

test('an unidentified delivery is a message as well', () => {
  const message = {
    message_type: 'unidentified-delivery',
    source: 'incoming-queue',
    reason: 'no such journal',
    raw: '{',
    message_id: 'u1',
  }
  expect(read(message)).toEqual(message)
})

test.each([
  ['an unknown type', { ...event, message_type: 'evnt' }],
  ['no type', { item_identifier: '00353' }],
  ['a version that is no number', { ...event, version: 'one' }],
  ['a timestamp that is none', { ...event, timestamp: 'yesterday' }],
  ['a day that is not', { ...event, timestamp: '2016-02-31T00:00:00Z' }],
  ['a next try that is no day', { ...event, retry_at: '2016-02-31T00:00:00Z' }],
  ['no timestamp', { ...event, timestamp: undefined }],
  ['no message id', { ...event, message_id: undefined }],
  ['an int that is none', { ...property, property_type: 'int', value: 'many' }],
  ['an unknown property type', { ...property, property_type: 'blob' }],
  ['no value', { ...property, value: undefined }],
])('a message with %s is unreadable', (_, message) => {
  expect(() => read(message)).toThrow(UnreadableMessageError)
})

const batch = (...messages: unknown[]) => JSON.stringify({ message_type: 'batch', messages })

test('a batch is its messages, in order, whatever their kinds', () => {
  const unidentified = { message_type: 'unidentified-delivery', source: 'q', reason: 'r', raw: 'x', message_id: 'u1' }
  const { messages, errors } = readDashboardMessages(batch(event, property, unidentified))
  expect(messages.map(({ message_id }) => message_id)).toEqual(['e1', 'p1', 'u1'])
  expect(messages[0]).toEqual({ ...event, timestamp: '2016-03-23T12:15:22.62027Z' })
  expect(errors).toEqual([])
})

test('what can be read of a batch is read, and the reason of the others says which they are', () => {
  const nested = { message_type: 'batch', messages: [event] }
  const { messages, errors } = readDashboardMessages(batch({ ...event, timestamp: 'yesterday' }, property, nested))
  expect(messages.map(({ message_id }) => message_id)).toEqual(['p1'])
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Message 1 of the batch: "yesterday" is not a point in time/),
    expect.stringMatching(/^Message 3 of the batch: Unknown message_type "batch"/),
  ])
})

test.each([batch(), batch(1), JSON.stringify({ message_type: 'batch' })])('%s is no batch', (body) => {
  expect(() => readDashboardMessages(body)).toThrow(UnreadableMessageError)
})
