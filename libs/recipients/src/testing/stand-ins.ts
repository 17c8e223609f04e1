import { startStandIns, type StandInOptions, type StandIns } from '@continuum/stand-ins'
import { afterAll, beforeAll, beforeEach } from 'vitest'

/** A clock that stands still until it is advanced. */
export interface TestClock {
  readonly now: () => number
  readonly advance: (seconds: number) => void
}

/** Stand-ins for the tests of a file, without faults at the beginning of each. */
export function withStandIns(options: StandInOptions = {}): () => StandIns & { readonly clock: TestClock } {
  let running: StandIns | undefined
  let now = Date.UTC(2026, 0, 1)
  const clock = { now: () => now, advance: (seconds: number) => void (now += seconds * 1000) }
  beforeAll(async () => {
    running = await startStandIns({ now: clock.now, ...options })
  })
  beforeEach(() => running?.faults.clear())
  afterAll(async () => running?.close())
  return () => {
    if (!running) throw new Error('The stand-ins have not started.')
    return Object.assign(running, { clock })
  }
}
