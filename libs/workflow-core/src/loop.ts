/** A running decider or worker. */
export interface Loop {
  /** When its slowest poller last heard from SWF, or was seen at work. Older than two minutes: it is stuck, say so. */
  lastSignOfLife(): Temporal.Instant
  /** Takes no new task, lets running ones end, and gives back within the deadline what cannot: nothing is left open. */
  stop(deadlineMs: number): Promise<void>
}
