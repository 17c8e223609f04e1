import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'

test('the first crash restarts at once, later ones with increasing delays, up to 15 s', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((deaths) => backOff(deaths).delay)).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000,
  ])
})

test('the delay never shrinks and never passes 15 s', () => {
  fc.assert(
    fc.property(fc.nat(2000), (deaths) => {
      expect(backOff(deaths + 1).delay).toBeGreaterThanOrEqual(backOff(deaths).delay)
      expect(backOff(deaths).delay).toBeLessThanOrEqual(15_000)
    }),
  )
})

test('two deaths are an accident, three a condition', () => {
  expect(backOff(2).crashLooping).toBe(false)
  expect(backOff(3).crashLooping).toBe(true)
})
