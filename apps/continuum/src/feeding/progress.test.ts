import type { Event, Property } from '@continuum/messages'
import { expect, test } from 'vitest'
import type { FedDelivery } from './deliveries.ts'
import { advance, beginning, isOver, type FeedItem, type Progress } from './progress.ts'

const delivery: FedDelivery = {
  key: 'elife-00353-vor-r1.zip',
  md5: 'aa11',
  automatic: true,
  intendedAt: '2026-01-01T00:00:00Z',
  after: 0,
  put: true,
}

let sequence = 0
const event = (change: Partial<Event>): FeedItem => ({
  sequence: ++sequence,
  kind: 'event',
  message_type: 'event',
  item_identifier: '00353',
  version: '1',
  run: 'run-1',
  event_type: 'Expand Article',
  timestamp: '2026-01-01T00:00:01Z',
  status: 'start',
  message: 'Expanding',
  message_id: `m${sequence}`,
  ...change,
})
const arrived = (change: Partial<Event> = {}) =>
  event({
    event_type: 'Delivery',
    version: '0',
    delivery: { bucket_name: 'b', file_name: delivery.key, file_etag: '"aa11"', event_time: '2026-01-01T00:00:00Z' },
    ...change,
  })
const property = (change: Partial<Property>): FeedItem => ({
  sequence: ++sequence,
  kind: 'property',
  message_type: 'property',
  item_identifier: '00353',
  version: '1',
  name: 'publication-status',
  value: 'published',
  property_type: 'text',
  message_id: `m${sequence}`,
  ...change,
})
const follow = (...items: FeedItem[]): Progress =>
  items.reduce((progress, item) => advance(progress, item).progress, beginning(delivery))

test('a run is told from the first event that names the package by key and content', () => {
  expect(follow(arrived({ run: 'run-7' })).run).toBe('run-7')
  const other = { bucket_name: 'b', file_name: delivery.key, file_etag: 'bb22', event_time: '2026-01-01T00:00:00Z' }
  expect(follow(arrived({ delivery: other })).run).toBeUndefined()
})

test('events of other runs change nothing', () => {
  const before = follow(arrived())
  expect(advance(before, event({ run: 'run-2', status: 'error' }))).toEqual({ progress: before })
})

test('a step tells what it took', () => {
  const began = follow(arrived(), event({ timestamp: '2026-01-01T00:00:01Z' }))
  const { note } = advance(began, event({ status: 'end', timestamp: '2026-01-01T00:00:03.500Z', message: '4 files' }))
  expect(note).toEqual({
    at: Date.parse('2026-01-01T00:00:03.500Z'),
    kind: 'end',
    step: 'Expand Article',
    took: 2500,
    message: '4 files',
  })
})

test('how far a step is changes nothing but what is told', () => {
  const began = follow(arrived(), event({ event_type: 'Resize Images' }))
  const further = { event_type: 'Resize Images', status: 'progress', timestamp: '2026-01-01T00:00:13Z' }
  const { progress, note } = advance(began, event({ ...further, message: 'images 14 of 22' }))
  expect(progress).toEqual(began)
  expect(note).toMatchObject({ kind: 'progress', step: 'Resize Images', took: 12_000, message: 'images 14 of 22' })
})

test('it is over when it is published and what follows publication is done, in any order', () => {
  const done = event({ event_type: 'Post Publication', status: 'end' })
  expect(isOver(follow(arrived(), event({}), property({})))).toBe(false)
  expect(isOver(follow(arrived(), event({}), done))).toBe(false)
  expect(isOver(follow(arrived(), event({}), property({}), done))).toBe(true)
  expect(isOver(follow(arrived(), event({}), done, property({})))).toBe(true)
})

test('an error ends it, with the step and the reason; an attempt that will be repeated does not', () => {
  const step = { event_type: 'Post EIF', message: 'The site answers 503' }
  expect(isOver(follow(arrived(), event({ ...step, status: 'retry' })))).toBe(false)
  expect(follow(arrived(), event({ ...step, status: 'error' })).failure).toEqual({
    step: 'Post EIF',
    reason: 'The site answers 503',
  })
})

test('a package that nobody could identify has failed with that reason', () => {
  const item: FeedItem = {
    sequence: ++sequence,
    kind: 'unidentified-delivery',
    message_type: 'unidentified-delivery',
    source: 'incoming-queue',
    reason: 'the name says neither poa nor vor',
    raw: `{"key":"${delivery.key}","eTag":"aa11"}`,
    message_id: 'u1',
  }
  expect(follow(item).failure).toEqual({ step: 'Delivery', reason: 'the name says neither poa nor vor' })
})

test('a run that was ready is over when a newer one of its version has taken its place', () => {
  const ready = follow(arrived(), event({ version: '1' }), event({ event_type: 'Ready To Publish', status: 'end' }))
  expect(isOver(ready)).toBe(false)
  const newer = (change: Partial<Event>) =>
    event({ run: 'run-2', event_type: 'Ingest To Lax', status: 'end', ...change })
  expect(isOver(advance(ready, newer({ version: '2' })).progress)).toBe(false)
  expect(isOver(advance(ready, newer({ status: 'error' })).progress)).toBe(false)
  expect(advance(ready, newer({})).progress).toMatchObject({ superseded: true, run: 'run-1' })
  expect(isOver(advance(ready, newer({})).progress)).toBe(true)
})

test('a package that is run again after it failed is followed from its start', () => {
  const failed = follow(arrived(), event({ status: 'error', message: 'lax is unavailable' }))
  expect(isOver(failed)).toBe(true)
  const again = advance(failed, arrived({ run: 'run-2' })).progress
  expect(again).toMatchObject({ run: 'run-2', ready: false })
  expect(isOver(again)).toBe(false)
})
