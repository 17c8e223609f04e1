import type { Clock } from './clock.ts'
import { createHeap } from './heap.ts'

/** A clock that stands still until it is advanced. */
export interface VirtualClock extends Clock {
  /** Advances by `ms`. Everything that becomes due runs in order, each at its own due time, which its events carry. */
  advance(ms: number): void
  /** The time of the next scheduled work (milliseconds since the epoch), if any: to advance from timer to timer without waiting. */
  next(): number | undefined
}

/** Creates a virtual clock for tests, starting at `start`, by default noon on 2 August 2016 (UTC). */
export function virtualClock(start = Date.UTC(2016, 7, 2, 12)): VirtualClock {
  let now = start
  const heap = createHeap<{ work: (() => void) | undefined }>()

  function next(): number | undefined {
    let first = heap.peek()
    while (first !== undefined && first.subject.work === undefined) {
      heap.pop()
      first = heap.peek()
    }
    return first?.due
  }
  function runUntil(end: number): void {
    for (let due = next(); due !== undefined && due <= end; due = next()) {
      const { work } = heap.peek()?.subject ?? {}
      heap.pop()
      now = Math.max(now, due)
      work?.()
    }
  }

  return {
    now: () => now,
    schedule(due, work) {
      const entry: { work: (() => void) | undefined } = { work }
      heap.push(due, entry)
      if (due <= now) setImmediate(() => runUntil(now))
      return () => {
        entry.work = undefined
      }
    },
    advance(ms) {
      const end = now + ms
      runUntil(end)
      now = end
    },
    next,
  }
}
