import { expect, test } from 'vitest'
import { clockChange, localText, readLocalTime } from './local-time.ts'

const london = 'Europe/London'
const at = (instant: string) => ({ is: 'instant', seconds: Temporal.Instant.from(instant).epochMilliseconds / 1000 })

test('a local time is an instant in its zone, in summer and in winter', () => {
  expect(readLocalTime('2026-07-01T09:30', london)).toEqual(at('2026-07-01T08:30:00Z'))
  expect(readLocalTime('2026-12-24T09:30', london)).toEqual(at('2026-12-24T09:30:00Z'))
  expect(localText(Temporal.Instant.from('2026-07-01T08:30:00Z').epochMilliseconds / 1000, london)).toBe(
    '2026-07-01T09:30',
  )
})

test('a time that the clocks leave out is refused in words', () => {
  expect(readLocalTime('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
    is: 'wrong',
    problem:
      '02:30 does not exist on that day (28 March 2027) in Europe/Berlin: the clocks go forward, to 03:00. Give 03:00 or later.',
  })
})

test('a time that comes twice has to be told apart', () => {
  const local = '2026-10-25T01:30'
  expect(readLocalTime(local, london)).toMatchObject({ is: 'twice', first: 'the first, UTC+01:00' })
  expect(readLocalTime(local, london, 'first')).toEqual(at('2026-10-25T00:30:00Z'))
  expect(readLocalTime(local, london, 'second')).toEqual(at('2026-10-25T01:30:00Z'))
})

test('what is no time, or no zone, is refused', () => {
  for (const [local, zone] of [
    ['', london],
    ['2026-02-30T10:00', london],
    ['24.12.2026', london],
    ['2026-12-24T09:30', 'Europe/Atlantis'],
  ] as const)
    expect(readLocalTime(local, zone)).toMatchObject({ is: 'wrong' })
})

test('the days on which the clocks change say so', () => {
  expect(clockChange(Temporal.PlainDate.from('2027-03-28'), london)).toBe('The clocks go forward on this day, to 02:00')
  expect(clockChange(Temporal.PlainDate.from('2026-10-25'), london)).toBe('The clocks go back on this day, to 01:00')
  expect(clockChange(Temporal.PlainDate.from('2026-10-26'), london)).toBeUndefined()
})
