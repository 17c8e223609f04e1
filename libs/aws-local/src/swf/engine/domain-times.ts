import type { Clock } from '../../time/clock.ts'
import { virtualClock, type VirtualClock } from '../../time/virtual-clock.ts'
import { nextDue } from '../execution/due.ts'
import type { ExecutionState } from '../execution/state.ts'
import type { AutoSkip, StoredTimes } from '../store/times.ts'
import { createDeadlines, type Deadlines } from './deadlines.ts'
import type { Execution, OpenExecutions } from './open-executions.ts'

/**
 * The time of each domain: that of the server, or its own virtual time, which stands still until it is advanced. A domain without
 * any outstanding task may skip ahead by itself. Other domains are not affected.
 */
export interface DomainTimes {
  now(domain: string): number
  /** Updates the due time of an execution, and whether it has an outstanding task. */
  track(execution: Execution): void
  /** Runs everything that is due by now. */
  catchUp(): void
  /** The virtual time of a domain, if it has one. */
  virtual(domain: string): { now: number; autoSkip: AutoSkip } | undefined
  /** Gives a domain virtual time from now on, or changes `autoSkip`. */
  makeVirtual(domain: string, autoSkip: AutoSkip): void
  makeReal(domain: string): void
  /** Advances the virtual time of a domain; everything that becomes due happens in order, each at its due time. */
  advance(domain: string, ms: number): void
  /** The next due time in a domain, whether its time is real or virtual. */
  next(domain: string): number | undefined
}

/** The virtual time of a domain, and its executions with a task that is scheduled or started. */
interface OwnTime {
  readonly clock: VirtualClock
  readonly deadlines: Deadlines<Execution>
  readonly busy: Set<Execution>
  autoSkip: AutoSkip
  skipping: boolean
}

export function createDomainTimes(
  wall: Clock,
  stored: StoredTimes,
  open: OpenExecutions,
  expire: (execution: Execution) => void,
): DomainTimes {
  const owned = new Map<string, OwnTime>()
  const onWallTime = createDeadlines<Execution>(
    wall,
    ({ state }) => (owned.has(state.domain) ? undefined : nextDue(state)?.at),
    expire,
  )
  const inDomain = (domain: string) => [...open.all()].filter(({ state }) => state.domain === domain)
  const now = (domain: string) => (owned.get(domain)?.clock ?? wall).now()
  const next = (domain: string) => earliest(inDomain(domain).map(({ state }) => nextDue(state)?.at))

  function track(execution: Execution): void {
    const own = owned.get(execution.state.domain)
    if (own === undefined) return onWallTime.track(execution)
    own.deadlines.track(execution)
    if (isBusy(execution.state)) own.busy.add(execution)
    else own.busy.delete(execution)
    considerSkip(execution.state.domain, own)
  }

  /** Deferred: the caller that caused the change gets its response first, and may send more requests. */
  function considerSkip(domain: string, own: OwnTime): void {
    if (own.autoSkip === false || own.busy.size > 0 || own.skipping) return
    own.skipping = true
    wall.schedule(wall.now(), () => {
      own.skipping = false
      if (owned.get(domain) === own) skip(domain, own)
    })
  }

  function skip(domain: string, own: OwnTime): void {
    if (own.autoSkip === false || own.busy.size > 0) return
    const due = own.autoSkip === 'timers' ? nextTimer(domain) : next(domain)
    if (due === undefined) return
    advance(domain, Math.max(0, due - own.clock.now()))
    considerSkip(domain, own)
  }

  const nextTimer = (domain: string) =>
    earliest(inDomain(domain).flatMap(({ state }) => Array.from(state.timers.values(), ({ due }) => due)))

  function give(domain: string, start: number, autoSkip: AutoSkip): void {
    const clock = virtualClock(start)
    const dueOf = ({ state }: Execution) => (owned.get(state.domain) === own ? nextDue(state)?.at : undefined)
    const deadlines = createDeadlines<Execution>(clock, dueOf, expire)
    const own: OwnTime = { clock, deadlines, autoSkip, busy: new Set(), skipping: false }
    owned.set(domain, own)
    for (const execution of inDomain(domain)) {
      onWallTime.track(execution)
      track(execution)
    }
  }

  function advance(domain: string, ms: number): void {
    const own = owned.get(domain)
    if (own === undefined) throw new Error(`The domain ${domain} does not have virtual time.`)
    // Stored first, so that a server that dies on the way continues from there.
    stored.put({ domain, now: own.clock.now() + ms, autoSkip: own.autoSkip })
    own.clock.advance(ms)
  }

  for (const { domain, now: start, autoSkip } of stored.all()) give(domain, start, autoSkip)
  return {
    now,
    next,
    track,
    advance,
    catchUp() {
      onWallTime.run()
      for (const { deadlines } of owned.values()) deadlines.run()
    },
    virtual(domain) {
      const own = owned.get(domain)
      return own && { now: own.clock.now(), autoSkip: own.autoSkip }
    },
    makeVirtual(domain, autoSkip) {
      stored.put({ domain, now: now(domain), autoSkip })
      const own = owned.get(domain)
      if (own === undefined) return give(domain, wall.now(), autoSkip)
      own.autoSkip = autoSkip
      considerSkip(domain, own)
    },
    makeReal(domain) {
      stored.remove(domain)
      owned.delete(domain)
      for (const execution of inDomain(domain)) track(execution)
    },
  }
}

/** True if a task of the execution is scheduled or started. */
const isBusy = ({ closed, waitingDecision, startedDecision, activities }: ExecutionState): boolean =>
  closed === undefined && (waitingDecision !== undefined || startedDecision !== undefined || activities.size > 0)

function earliest(times: readonly (number | undefined)[]): number | undefined {
  let first: number | undefined
  for (const time of times) if (time !== undefined && time < (first ?? Infinity)) first = time
  return first === Infinity ? undefined : first
}
