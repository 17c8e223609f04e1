import type { Cancel, Clock } from '../../time/clock.ts'
import { createHeap } from '../../time/heap.ts'

/** Due times of many subjects, with one timer for the earliest. */
export interface Deadlines<S> {
  /** Updates the due time of `subject`. */
  readonly track: (subject: S) => void
  /** Runs everything that is due by now, earliest first. */
  readonly run: () => void
}

/**
 * An entry of the heap. It drops its subject once that gets another entry or needs none, so that closed executions do not stay in
 * memory.
 */
interface Ticket<S> {
  readonly due: number
  subject: S | undefined
}

/**
 * Creates the due times. `dueOf` returns when a subject is next due, if ever; `expire` handles it and must leave the subject with a
 * later due time or none. Postponing costs nothing: an entry is checked when its time comes.
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

  // A timer may fire a millisecond early by the clock; `run` then finds nothing and sets it again.
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
