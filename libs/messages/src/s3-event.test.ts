import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readS3Event } from './s3-event.ts'
import { UnreadableMessageError } from './unreadable.ts'

function notification(...objects: object[]): string {
  return JSON.stringify({
    Records: objects.map((object) => ({
      eventName: 'ObjectCreated:Put',
      eventTime: '2016-07-28T16:14:27.809Z',
      s3: { bucket: { name: 'elife-production-final' }, object: { size: 1097506, ...object } },
    })),
  })
}

function keysOf(body: string): string[] {
  const event = readS3Event(body)
  return event.kind === 'records' ? event.records.map(({ key }) => key) : []
}

test('every record is read', () => {
  expect(keysOf(notification({ key: 'a.zip' }, { key: 'b.zip' }, { key: 'c.zip' }))).toEqual([
    'a.zip',
    'b.zip',
    'c.zip',
  ])
})

test('a record says bucket, key, size, entity tag, time and name', () => {
  expect(readS3Event(notification({ key: 'elife-00353-vor-r1.zip', eTag: 'e7f6' }))).toEqual({
    kind: 'records',
    records: [
      {
        bucket: 'elife-production-final',
        key: 'elife-00353-vor-r1.zip',
        size: 1097506,
        etag: 'e7f6',
        eventTime: '2016-07-28T16:14:27.809Z',
        eventName: 'ObjectCreated:Put',
      },
    ],
  })
})

test.each([
  ['elife-00353-vor-r1+%281%29.zip', 'elife-00353-vor-r1 (1).zip'],
  ['a%2Bb.zip', 'a+b.zip'],
  ['a%252Bb.zip', 'a%2Bb.zip'],
  ['folder/%C3%A9.zip', 'folder/é.zip'],
])('the key %s is decoded once: %s', (encoded, key) => {
  expect(keysOf(notification({ key: encoded }))).toEqual([key])
})

test('any key reads back, however the sender encodes a space', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (key) => {
      const encoded = encodeURIComponent(key)
      expect(keysOf(notification({ key: encoded }))).toEqual([key])
      expect(keysOf(notification({ key: encoded.replaceAll('%20', '+') }))).toEqual([key])
    }),
  )
})

test('a time without a zone is UTC, as some servers write it', () => {
  const body = notification({ key: 'a.zip' }).replace('27.809Z', '27.809576')
  expect(readS3Event(body)).toMatchObject({ records: [{ eventTime: '2016-07-28T16:14:27.809576Z' }] })
})

test('the entity tag may be missing', () => {
  const event = readS3Event(notification({ key: 'a.zip' }))
  expect(event.kind === 'records' && 'etag' in (event.records[0] ?? {})).toBe(false)
})

test('what S3 sends when a notification is configured is a test', () => {
  expect(readS3Event('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}')).toEqual({ kind: 'test' })
})

test.each(['{}', '{"Records":[{}]}', notification({ key: '%E0%A4%A' }), 'x'])('%s is unreadable', (body) => {
  expect(() => readS3Event(body)).toThrow(UnreadableMessageError)
})
