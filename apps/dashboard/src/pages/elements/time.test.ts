import { expect, test } from 'vitest'
import { durationText, timeHtml, waitText } from './time.ts'

test('a time is in UTC, says so, and has the instant as its datetime', () => {
  expect(timeHtml('2026-11-03T04:05:06.789123Z').toString()).toBe(
    '<time datetime="2026-11-03T04:05:06.789Z" data-style="plain">3 Nov 2026, 04:05:06 UTC</time>',
  )
})

test.each([
  [0, '0 ms'],
  [840, '840 ms'],
  [4200, '4.2 s'],
  [59_700, '1 min 0 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [97_200_000, '1 d 3 h'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text)
})

test.each([
  [60_000, '1 minute'],
  [7_530_000, '2 hours, 5 minutes'],
  [3 * 86_400_000 + 4 * 3_600_000 + 59 * 60_000, '3 days, 4 hours'],
  [86_400_000, '1 day'],
])('a wait of %d milliseconds is %s', (milliseconds, text) => {
  expect(waitText(milliseconds)).toBe(text)
})
