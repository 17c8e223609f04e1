import { expect, test } from 'vitest'
import { backOffMilliseconds } from './back-off.ts'

test('delays double from the first up to the maximum', () => {
  const delays = [0, 1, 2, 3, 4, 1000].map((failures) =>
    backOffMilliseconds(failures, { firstMilliseconds: 100, maxMilliseconds: 500 }),
  )
  expect(delays).toEqual([100, 100, 200, 400, 500, 500])
})
