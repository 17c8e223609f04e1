import { domainNamed, type Swf } from '../swf/operation/swf.ts'
import type { AutoSkip } from '../swf/store/times.ts'

/** How a domain's time stands. Times are milliseconds since the epoch. */
export interface TimeView {
  /** Whether it is the domain's own, which stands still unless it is turned. */
  readonly virtual: boolean
  readonly autoSkip: AutoSkip
  readonly now: number
  /** When the next thing is due: a timer, a time-out. */
  readonly next: number | undefined
}

/** Thrown where a time is to be turned that is not the domain's own: make it virtual first. */
export class TimeNotVirtualError extends Error {
  override readonly name = 'TimeNotVirtualError'
  constructor(domain: string) {
    super(`The domain ${domain} has the time of the server: make its time virtual first.`)
  }
}

/**
 * The time of one domain of SWF. Made virtual it stands still; it goes on when it is turned, or by itself while all wait (`autoSkip`):
 * no decision or activity task is waiting to be taken or answered. What a worker that died has taken is waited for, so time must be
 * turned by hand to see it time out. Polls are held by the server's time, and page tokens expire by it. A virtual time outlives a restart.
 */
export interface DomainTime {
  state(): TimeView
  /** From now on the domain has its own time; again, says anew whether it skips. */
  makeVirtual(options?: { autoSkip?: AutoSkip }): void
  /** Back to the server's time. A history never goes back: what was written later than now comes first. */
  makeReal(): void
  /**
   * Turns the domain's own time on. All that becomes due on the way happens in order, each at its due time. With `queues` SQS goes on
   * by as much: visibility, delays, retention.
   * @throws {TimeNotVirtualError}
   */
  advance(ms: number, options?: { queues?: boolean }): void
}

/** @param skipQueues moves SQS on */
export function domainTime(swf: Swf, skipQueues: (ms: number) => void, name: string): DomainTime {
  const { times } = swf.engine
  const known = () => domainNamed(swf, name).name
  return {
    state() {
      const domain = known()
      const own = times.virtual(domain)
      const next = times.next(domain)
      return { virtual: own !== undefined, autoSkip: own?.autoSkip ?? false, now: times.now(domain), next }
    },
    makeVirtual: ({ autoSkip = false } = {}) => times.makeVirtual(known(), autoSkip),
    makeReal: () => times.makeReal(known()),
    advance(ms, { queues = false } = {}) {
      const domain = known()
      if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError(`Time goes on by whole milliseconds, not by ${ms}.`)
      if (times.virtual(domain) === undefined) throw new TimeNotVirtualError(domain)
      times.advance(domain, ms)
      if (queues) skipQueues(ms)
    },
  }
}
