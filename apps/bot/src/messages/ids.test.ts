import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runOf, uuidOf } from './ids.ts'

const delivered = fc.record({
  bucket_name: fc.string(),
  file_name: fc.string(),
  file_etag: fc.option(fc.string()),
  event_time: fc.string(),
})

describe('derived ids', () => {
  test('are UUIDs of version 5 and variant 1', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(uuidOf(...parts)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
      }),
    )
  })

  test('keep their parts apart', () => {
    expect(uuidOf('a', 'bc')).not.toBe(uuidOf('ab', 'c'))
    expect(uuidOf('a', null)).not.toBe(uuidOf('a', 'null'))
  })

  test('never change: an id that other services have stored stays the same', () => {
    expect(uuidOf('run', 'bucket', 'elife-00353-vor-r1.zip', null, '2016-07-28T16:14:27.809Z')).toBe(
      'e666e1cf-7393-5b6b-b678-d43bfe663253',
    )
  })

  test('the same delivery is the same run, and any difference is another', () => {
    fc.assert(
      fc.property(delivered, delivered, (one, other) => {
        expect(runOf({ ...one })).toBe(runOf(one))
        expect(runOf(one) === runOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      }),
    )
  })
})
