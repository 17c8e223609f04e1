import type { Clock } from '@continuum/aws-local'

/** A virtual clock, which stands still until it is advanced. */
export interface TestClock extends Clock {
  /** Advances the time; everything that becomes due runs in order, each at its own time. */
  advance(milliseconds: number): void
  /** Skips to the next scheduled work and runs it; false if there is none. */
  skip(): boolean
}

/** Creates a virtual clock. @param start milliseconds since the epoch */
export function createTestClock(start: number = Date.UTC(2026, 0, 1)): TestClock {
  const due = new Set<{ at: number; work: () => void }>()
  let now = start
  const next = () => {
    let first: { at: number; work: () => void } | undefined
    for (const each of due) if (first === undefined || each.at < first.at) first = each
    return first
  }
  const runNext = (until: number): boolean => {
    const first = next()
    if (first === undefined || first.at > until) return false
    due.delete(first)
    now = Math.max(now, first.at)
    first.work()
    return true
  }
  return {
    now: () => now,
    schedule: (at, work) => {
      const each = { at, work }
      due.add(each)
      if (at <= now) setImmediate(() => void (due.delete(each) && work()))
      return () => void due.delete(each)
    },
    advance: (milliseconds) => {
      const until = now + milliseconds
      while (runNext(until)) continue
      now = until
    },
    skip: () => runNext(Number.POSITIVE_INFINITY),
  }
}
