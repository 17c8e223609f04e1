import type { Cancel, Clock } from '../../clock.ts'
import { createHeap } from '../../heap.ts'

/** What becomes due when: one timer of the clock for the first of many subjects. */
export interface Deadlines<S> {
  /** Says that the due time of `subject` may have changed. */
  readonly track: (subject: S) => void
  /** Runs all that is due by now, the earliest first. */
  readonly run: () => void
}

/**
 * `dueOf` says when a subject is next due, if ever; `expire` does it, and must leave the subject with a later time or none.
 * A time that moves later costs nothing: the entry in the heap is checked when its time comes.
 */
export function createDeadlines<S>(
  clock: Clock,
  dueOf: (subject: S) => number | undefined,
  expire: (subject: S) => void,
): Deadlines<S> {
  const heap = createHeap<S>()
  const entered = new Map<S, number>()
  let armed: { due: number; cancel: Cancel } | undefined

  function track(subject: S): void {
    const due = dueOf(subject)
    if (due === undefined || due >= (entered.get(subject) ?? Infinity)) return
    entered.set(subject, due)
    heap.push(due, subject)
    arm()
  }

  function arm(): void {
    const first = heap.peek()
    if (first === undefined || first.due >= (armed?.due ?? Infinity)) return
    armed?.cancel()
    armed = { due: first.due, cancel: clock.schedule(first.due, ring) }
  }

  // A timer may ring a millisecond early by the clock; `run` finds nothing then, and arms again.
  function ring(): void {
    armed = undefined
    run()
  }

  function run(): void {
    const now = clock.now()
    for (let first = heap.peek(); first !== undefined && first.due <= now; first = heap.peek()) {
      heap.pop()
      const { due, subject } = first
      if (entered.get(subject) !== due) continue
      entered.delete(subject)
      if (dueOf(subject) === due) expire(subject)
      track(subject)
    }
    arm()
  }

  return { track, run }
}
