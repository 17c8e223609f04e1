import type { Cancel, Clock } from '../../time/clock.ts'
import { createHeap } from '../../time/heap.ts'

/** What becomes due when: one timer of the clock for the first of many subjects. */
export interface Deadlines<S> {
  /** Says that the due time of `subject` may have changed. */
  readonly track: (subject: S) => void
  /** Runs all that is due by now, the earliest first. */
  readonly run: () => void
}

/** An entry of the heap. It lets go of its subject when that gets another, or needs none: closed executions must not stay in memory. */
interface Ticket<S> {
  readonly due: number
  subject: S | undefined
}

/**
 * `dueOf` says when a subject is next due, if ever; `expire` does it, and must leave the subject with a later time or none.
 * A time that moves later costs nothing: the ticket is checked when its time comes.
 */
export function createDeadlines<S>(
  clock: Clock,
  dueOf: (subject: S) => number | undefined,
  expire: (subject: S) => void,
): Deadlines<S> {
  const heap = createHeap<Ticket<S>>()
  const tickets = new Map<S, Ticket<S>>()
  let armed: { due: number; cancel: Cancel } | undefined

  function track(subject: S): void {
    const due = dueOf(subject)
    const held = tickets.get(subject)
    if (due !== undefined && held !== undefined && held.due <= due) return
    if (held !== undefined) held.subject = undefined
    tickets.delete(subject)
    if (due === undefined) return
    const ticket = { due, subject }
    tickets.set(subject, ticket)
    heap.push(due, ticket)
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
      const { due, subject } = first.subject
      if (subject === undefined) continue
      tickets.delete(subject)
      if (dueOf(subject) === due) expire(subject)
      track(subject)
    }
    arm()
  }

  return { track, run }
}
