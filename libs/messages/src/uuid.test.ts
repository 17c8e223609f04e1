import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { uuidOf } from './uuid.ts'

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
