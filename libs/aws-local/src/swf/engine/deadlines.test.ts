import { expect, test } from 'vitest'
import type { Clock } from '../../time/clock.ts'
import { virtualClock } from '../../time/virtual-clock.ts'
import { createDeadlines } from './deadlines.ts'

interface Subject {
  name: string
  due: number | undefined
}

/** Deadlines over subjects that are done once they expired. */
function track(clock: Clock, ...subjects: Subject[]) {
  const expired: [string, number][] = []
  const deadlines = createDeadlines<Subject>(
    clock,
    ({ due }) => due,
    (subject) => {
      expired.push([subject.name, clock.now()])
      subject.due = undefined
    },
  )
  for (const subject of subjects) deadlines.track(subject)
  return { deadlines, expired }
}

test('subjects expire in order of their due times, each at its own', () => {
  const clock = virtualClock(0)
  const { expired } = track(clock, { name: 'b', due: 20 }, { name: 'a', due: 10 }, { name: 'never', due: undefined })
  clock.advance(100)
  expect(expired).toEqual([
    ['a', 10],
    ['b', 20],
  ])
})

test('a later due time is noticed without a call of track, an earlier one with it', () => {
  const clock = virtualClock(0)
  const later = { name: 'later', due: 10 }
  const earlier = { name: 'earlier', due: 50 }
  const { deadlines, expired } = track(clock, later, earlier)
  later.due = 30
  earlier.due = 20
  deadlines.track(earlier)
  clock.advance(100)
  expect(expired).toEqual([
    ['earlier', 20],
    ['later', 30],
  ])
})

test('work that was due before the start runs at the first call', () => {
  const clock = virtualClock(1000)
  const { deadlines, expired } = track(clock, { name: 'overdue', due: 10 })
  deadlines.run()
  expect(expired).toEqual([['overdue', 1000]])
})

test('a timer that fires early loses nothing', () => {
  let now = 0
  const rings: (() => void)[] = []
  const early: Clock = {
    now: () => now,
    schedule(_due, work) {
      rings.push(work)
      return () => undefined
    },
  }
  const { expired } = track(early, { name: 'a', due: 10 })
  now = 9
  rings.shift()?.()
  expect(expired).toEqual([])
  now = 10
  rings.shift()?.()
  expect(expired).toEqual([['a', 10]])
})
