import type { Clock } from '../../time/clock.ts'

/** Long polls that wait for a change of a queue. */
export interface Waiting {
  /** Resolves at the next change of the queue, at `due`, or when `signal` aborts; never rejects. */
  change(queue: number, due: number, signal: AbortSignal): Promise<void>
  /** Wakes all who wait for this queue, once the transaction under way has ended. */
  changed(queue: number): void
}

export function createWaiting(clock: Clock): Waiting {
  const waiters = new Map<number, Set<() => void>>()
  return {
    change(queue, due, signal) {
      return new Promise((resolve) => {
        const waiting = waiters.get(queue) ?? new Set()
        waiters.set(queue, waiting)
        const wake = () => {
          cancel()
          signal.removeEventListener('abort', wake)
          waiting.delete(wake)
          if (waiting.size === 0) waiters.delete(queue)
          resolve()
        }
        const cancel = clock.schedule(due, wake)
        signal.addEventListener('abort', wake)
        waiting.add(wake)
        if (signal.aborted) wake()
      })
    },
    changed(queue) {
      // A transaction is synchronous: whoever is resumed by a promise sees it committed, or rolled back.
      for (const wake of waiters.get(queue) ?? []) wake()
    },
  }
}
