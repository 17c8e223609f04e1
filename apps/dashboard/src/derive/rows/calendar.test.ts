import { expect, test } from 'vitest'
import { neighbour, sameClockOn, startOf, weeksOf } from './calendar.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a month is shown in whole weeks that begin on Monday', () => {
  const weeks = weeksOf('month', day('2026-11-20'))
  expect(weeks.map((week) => String(week[0]))).toEqual([
    '2026-10-26',
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
    '2026-11-30',
  ])
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect(weeksOf('month', day('2027-02-01'))).toHaveLength(4)
  expect(
    weeksOf('week', day('2026-11-29'))
      .map((week) => week.map(String))[0]
      ?.at(0),
  ).toBe('2026-11-23')
})

test('the next month of a long one is not skipped', () => {
  expect(String(neighbour('month', day('2027-01-31'), 1))).toBe('2027-02-01')
  expect(String(neighbour('week', day('2026-12-31'), 1))).toBe('2027-01-07')
})

test('a time that is moved to a day of summer time keeps its clock', () => {
  const winter = Temporal.Instant.from('2027-03-20T09:30:00Z').epochMilliseconds / 1000
  expect(sameClockOn(winter, '2027-03-29', 'Europe/London')).toBe('2027-03-29T09:30')
  expect(startOf(day('2027-03-29'), 'Europe/London')).toBe(
    Temporal.Instant.from('2027-03-28T23:00:00Z').epochMilliseconds / 1000,
  )
})
