import { domainNamed, type Swf } from '../swf/operation/swf.ts'
import type { AutoSkip } from '../swf/store/times.ts'

/** The state of a domain's time. Times are milliseconds since the epoch. */
export interface TimeView {
  /** True if the domain has its own time, which stands still unless it is advanced. */
  readonly virtual: boolean
  readonly autoSkip: AutoSkip
  readonly now: number
  /** The time at which the next timer fires or the next timeout expires. */
  readonly next: number | undefined
}

/** Thrown when the time of a domain is advanced that has not been made virtual. */
export class TimeNotVirtualError extends Error {
  override readonly name = 'TimeNotVirtualError'
  constructor(domain: string) {
    super(`The domain ${domain} uses the time of the server: make its time virtual first.`)
  }
}

/**
 * The time of an SWF domain. Virtual time stands still until it is advanced, or with `autoSkip` advances by itself while no
 * decision or activity task is scheduled or started. The task of a worker that died counts as started, so advance the time yourself
 * to see it time out. Polls are held by the server's time, and page tokens expire by it. Virtual time survives a restart.
 */
export interface DomainTime {
  state(): TimeView
  /** Gives the domain its own time from now on; called again, changes `autoSkip`. */
  makeVirtual(options?: { autoSkip?: AutoSkip }): void
  /** Returns to the server's time. A history never goes back: no new event is older than the last one. */
  makeReal(): void
  /**
   * Advances the virtual time. Everything that becomes due happens in order, each at its due time. With `queues`, the time of SQS
   * advances as well: visibility, delays, retention.
   * @throws {TimeNotVirtualError}
   */
  advance(ms: number, options?: { queues?: boolean }): void
}

/**
 * Creates the control of a domain's time.
 * @param skipQueues advances the time of SQS
 */
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
      if (!Number.isSafeInteger(ms) || ms < 0)
        throw new RangeError(`Time advances by a whole number of milliseconds, not by ${ms}.`)
      if (times.virtual(domain) === undefined) throw new TimeNotVirtualError(domain)
      times.advance(domain, ms)
      if (queues) skipQueues(ms)
    },
  }
}
