import type { Clock } from '../../time/clock.ts'

/** Long polls, each waiting for a change of its queue. */
export interface LongPolls {
  /** Resolves at the next change of the queue, at `due`, or when `signal` aborts; never rejects. */
  wait(queue: number, due: number, signal: AbortSignal): Promise<void>
  /** Wakes the polls of this queue, once the current transaction has ended. */
  wake(queue: number): void
}

export function createLongPolls(clock: Clock): LongPolls {
  const waiters = new Map<number, Set<() => void>>()
  return {
    wait(queue, due, signal) {
      return new Promise((resolve) => {
        const waiting = waiters.get(queue) ?? new Set()
        waiters.set(queue, waiting)
        const resume = () => {
          cancel()
          signal.removeEventListener('abort', resume)
          waiting.delete(resume)
          if (waiting.size === 0) waiters.delete(queue)
          resolve()
        }
        const cancel = clock.schedule(due, resume)
        signal.addEventListener('abort', resume)
        waiting.add(resume)
        if (signal.aborted) resume()
      })
    },
    wake(queue) {
      // A transaction is synchronous: a poll that a promise resumes sees it committed or rolled back.
      for (const resume of waiters.get(queue) ?? []) resume()
    },
  }
}
