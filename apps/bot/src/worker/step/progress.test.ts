import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createProgress } from './progress.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** The counts that are told of things that are done one after the other. */
function toldOf(count: number, millisecondsEach: number): number[] {
  const told: number[] = []
  const progress = createProgress((done) => told.push(done))
  for (let done = 1; done <= count; done++) {
    vi.advanceTimersByTime(millisecondsEach)
    progress(done, count)
  }
  return told
}

test('progress is told every two seconds at most, and neither at once nor at the end', () => {
  expect(toldOf(10, 700)).toEqual([3, 6, 9])
  expect(toldOf(22, 50)).toEqual([])
})

test('however many things there are, and however long they take, there are twenty messages at most', () => {
  for (const [count, each] of [
    [3_000, 5_000],
    [400, 2_000],
    [19, 60_000],
  ] as const) {
    const told = toldOf(count, each)
    expect(told.length).toBeLessThanOrEqual(20)
    expect(told.length).toBeGreaterThanOrEqual(18)
  }
})
