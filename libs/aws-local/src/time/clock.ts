/** Cancels scheduled work; has no effect once it has run. */
export type Cancel = () => void

/**
 * The server's only source of time: everything that becomes due (timers, timeouts, visibility, delays, long polls) uses it. Times
 * are milliseconds since the epoch.
 */
export interface Clock {
  now(): number
  /** Runs `work` once at `due`; if that is past, as soon as possible but never synchronously. */
  schedule(due: number, work: () => void): Cancel
}

// A timer of Node holds at most 2^31 - 1 ms (24.8 days); later due times are rescheduled on the way.
const maxTimerMs = 2_147_483_647

/** Wall-clock time. Its timers do not keep the process alive. */
export function realClock(): Clock {
  return {
    now: () => Date.now(),
    schedule(due, work) {
      let timer: NodeJS.Timeout
      const arm = () => {
        const wait = Math.max(0, due - Date.now())
        timer = wait > maxTimerMs ? setTimeout(arm, maxTimerMs) : setTimeout(work, wait)
        timer.unref()
      }
      arm()
      return () => clearTimeout(timer)
    },
  }
}

/** The same clock until `end` is called; after that, nothing scheduled runs. */
export function endingClock(clock: Clock): { clock: Clock; end(): void } {
  let ended = false
  return {
    clock: {
      now: () => clock.now(),
      schedule: (due, work) => clock.schedule(due, () => ended || work()),
    },
    end: () => {
      ended = true
    },
  }
}
