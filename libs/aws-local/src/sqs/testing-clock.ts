import type { Clock } from '../clock.ts'

/** A clock that stands still until a test turns it; what became due then runs in order. */
export interface TestClock extends Clock {
  /** Moves on by so many seconds. */
  advance(seconds: number): void
}

export function testClock(start = Date.UTC(2016, 7, 2)): TestClock {
  let now = start
  const scheduled = new Set<{ due: number; work: () => void }>()
  return {
    now: () => now,
    schedule(due, work) {
      const entry = { due, work }
      scheduled.add(entry)
      if (due <= now) setImmediate(() => scheduled.delete(entry) && work())
      return () => void scheduled.delete(entry)
    },
    advance(seconds) {
      now += seconds * 1000
      const due = [...scheduled].filter((entry) => entry.due <= now).toSorted((a, b) => a.due - b.due)
      for (const entry of due) if (scheduled.delete(entry)) entry.work()
    },
  }
}
