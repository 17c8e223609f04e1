import { expect, test } from 'vitest'
import { scheduleText } from './schedule.ts'

test.each([
  ['45 * * * *', '45 minutes past every hour (UTC)'],
  ['30 20 * * *', 'daily at 20:30 (UTC)'],
  ['5 9 * * 1', 'Mondays at 09:05 (UTC)'],
  ['0 6 * * 7', 'Sundays at 06:00 (UTC)'],
  ['0 6 * * 0', 'Sundays at 06:00 (UTC)'],
  ['*/5 * * * *', '*/5 * * * * (UTC)'],
  ['0 * * * 1', '0 * * * 1 (UTC)'],
  ['0 6 1 * *', '0 6 1 * * (UTC)'],
])('the schedule %s is told as %s', (cron, text) => {
  expect(scheduleText({ cron, zone: 'UTC' })).toBe(text)
})

test('a recipient without an hour gets what it gets at once', () => {
  expect(scheduleText('at once')).toBe('at once')
})
