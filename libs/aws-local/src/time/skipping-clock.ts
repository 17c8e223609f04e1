import type { Cancel, Clock } from './clock.ts'

/** A clock that follows another one and can skip ahead of it. */
export interface SkippingClock extends Clock {
  /** Advances by `ms` at once; everything that becomes due runs in order. */
  skip(ms: number): void
}

interface Entry {
  readonly due: number
  readonly work: () => void
  cancel: Cancel
}

/**
 * Creates a clock on top of `clock`.
 * @param skipped milliseconds by which it is already ahead
 */
export function skippingClock(clock: Clock, skipped = 0): SkippingClock {
  const entries = new Set<Entry>()
  let ahead = skipped
  const arm = (entry: Entry) =>
    clock.schedule(entry.due - ahead, () => {
      entries.delete(entry)
      entry.work()
    })
  return {
    now: () => clock.now() + ahead,
    schedule(due, work) {
      const entry: Entry = { due, work, cancel: () => undefined }
      entries.add(entry)
      entry.cancel = arm(entry)
      return () => {
        entries.delete(entry)
        entry.cancel()
      }
    },
    skip(ms) {
      ahead += ms
      const now = clock.now() + ahead
      for (const entry of [...entries].toSorted((one, other) => one.due - other.due)) {
        entry.cancel()
        if (entry.due > now) entry.cancel = arm(entry)
        else if (entries.delete(entry)) entry.work()
      }
    },
  }
}
