import type { Clock } from './clock.ts'
import { createHeap } from './heap.ts'

/** A clock that stands still until it is turned. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms`. What becomes due on the way runs in order, each at its own due time: the events it writes carry that. */
  advance(ms: number): void
  /** When the next thing is due (milliseconds since the epoch), if anything is: to go on from timer to timer without waiting. */
  next(): number | undefined
}

/** Time for tests; it starts at `start`, by default noon of 2 August 2016. */
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
