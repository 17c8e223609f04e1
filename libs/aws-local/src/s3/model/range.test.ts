import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRange, sliceSegments } from './range.ts'

test('the slices of the files make up the range, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }), fc.nat(40), fc.nat(40), (sizes, a, b) => {
      const bytes = sizes.flatMap((size, file) => Array.from({ length: size }, (_, at) => `${file}:${at}`))
      const segments = sizes.map((size, file) => ({ file: String(file), size }))
      const [from, to] = [Math.min(a, b), Math.min(Math.max(a, b), bytes.length - 1)]
      const slices = sliceSegments(segments, { from, to }).flatMap((slice) =>
        Array.from({ length: slice.to - slice.from + 1 }, (_, at) => `${slice.file}:${slice.from + at}`),
      )
      expect(slices).toEqual(bytes.slice(from, to + 1))
    }),
  )
})

test.each([
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=5-', { from: 5, to: 9 }],
  ['bytes=5-100', { from: 5, to: 9 }],
  ['bytes=-4', { from: 6, to: 9 }],
  ['bytes=-40', { from: 0, to: 9 }],
  [undefined, undefined],
  ['bytes=3-1', undefined],
  ['bytes=0-1,4-5', undefined],
  ['lines=0-1', undefined],
  ['bytes=-', undefined],
])('%s of ten bytes', (text, expected) => {
  expect(parseRange(text, 10)).toEqual(expected)
})

test.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('%s of ten bytes lies outside', (text) => {
  expect(() => parseRange(text, 10)).toThrow(expect.objectContaining({ code: 'InvalidRange' }))
})
