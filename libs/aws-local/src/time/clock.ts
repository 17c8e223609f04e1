/** Stops what was scheduled; harmless when it has already run. */
export type Cancel = () => void

/**
 * The one source of time of the server: everything that becomes due (timers, time-outs, visibility, delays, long polls) asks it.
 * Instants are milliseconds since the epoch.
 */
export interface Clock {
  now(): number
  /** Runs `work` once at `due` (at once, but never synchronously, when that is past). */
  schedule(due: number, work: () => void): Cancel
}

// A timer of Node's holds at most 2^31 - 1 ms (24.8 days); what is due later is armed again on the way.
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

/** The same time, until `end`: from then on nothing that was scheduled runs. */
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
