import { depositStates } from '@continuum/messages'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueAt } from './schedule.ts'
import { compareStamps, nextStamp, stampOf } from './stamps.ts'
import { IllegalMoveError, isEnd, mayMove, stateAfter, type Move } from './state.ts'

const machine: Move[] = [
  'wait',
  'begin',
  'take',
  'confirm',
  'confirmWithWarning',
  'refuse',
  'expire',
  'doubt',
  'supersede',
]
const people: Move[] = ['cancel', 'sendAgain', 'markDone']

test('no machine moves what has ended, but for knowledge that comes after doubt', () => {
  for (const state of depositStates.filter(isEnd)) {
    const moves = machine.filter((move) => mayMove(state, move))
    expect(moves, state).toEqual(state === 'uncertain' ? ['take', 'confirm', 'confirmWithWarning', 'refuse'] : [])
  }
})

test('a person gets every deposit out of its end, but no decision is a deposit', () => {
  for (const state of depositStates)
    expect(
      people.some((move) => mayMove(state, move)),
      state,
    ).toBe(!['not-for-this-recipient', 'sending'].includes(state))
})

test('a move that does not begin at a state tells what it needs', () => {
  expect(() => stateAfter('confirmed', 'cancel')).toThrow(IllegalMoveError)
  expect(() => stateAfter('confirmed', 'cancel')).toThrow('The deposit is confirmed: cancelling is possible when')
})

test('stamps are 17 digits in UTC, and rise whatever the clock says', () => {
  expect(stampOf(Temporal.Instant.from('2026-10-25T01:30:00.123+01:00'))).toBe('20261025003000123')
  const clock = fc.integer({ min: 1_500_000_000_000, max: 1_900_000_000_000 })
  fc.assert(
    fc.property(fc.array(clock, { minLength: 2, maxLength: 20 }), (instants) => {
      const given: string[] = []
      for (const at of instants) given.push(nextStamp(Temporal.Instant.fromEpochMilliseconds(at), given.slice(-1)))
      given.slice(1).forEach((stamp, index) => expect(compareStamps(given[index] ?? '', stamp)).toBeLessThan(0))
    }),
  )
})

test('an hour is that of its zone, also when the clocks change', () => {
  const at = (cron: string, zone: string, now: string) => dueAt({ cron, zone }, Temporal.Instant.from(now)).toString()
  expect(at('45 22 * * *', 'Europe/London', '2026-07-01T12:00:00Z')).toBe('2026-07-01T21:45:00Z')
  expect(at('45 22 * * *', 'Europe/London', '2026-12-01T12:00:00Z')).toBe('2026-12-01T22:45:00Z')
  expect(at('30 20 * * *', 'UTC', '2026-12-01T20:30:00Z')).toBe('2026-12-02T20:30:00Z')
  expect(dueAt('at once', Temporal.Instant.from('2026-12-01T12:00:00Z')).toString()).toBe('2026-12-01T12:00:00Z')
})
