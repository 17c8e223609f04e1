import { Registry } from 'prom-client'
import type { Checks } from './status.ts'

/** A loop that polls a queue or a task list. It is alive as long as it hears from what it polls. */
export interface Poller {
  /** The name of the queue or task list that it polls. */
  readonly name: string
  readonly lastSignOfLife: () => Temporal.Instant
  /** Its metrics in Prometheus' text format, where it has any. */
  readonly metrics?: () => Promise<string>
}

/** The health of a service as it tells it: its checks, its pollers and its metrics. */
export interface ServiceHealth {
  readonly name: string
  /** The metrics of the service; `/metrics` adds its name to each sample, as the label `service`. */
  readonly registry: Registry
  /** Adds checks of dependencies: `/status` runs them. */
  readonly addChecks: (checks: Checks) => void
  /** Adds pollers: `/status` fails while one hears nothing, and `/metrics` has the age of the last poll of each. */
  readonly addPollers: (...pollers: readonly Poller[]) => void
  /** All checks. */
  readonly checks: () => Checks
  readonly pollers: () => readonly Poller[]
  /** Returns the time at which the slowest poller last heard something; undefined without pollers. */
  readonly lastSignOfLife: () => Temporal.Instant | undefined
}

/** A poll is held for at most a minute; a poller that hears nothing for longer hangs, or AWS is unavailable. */
const maxSilenceSeconds = 120

/** Creates the health of a service that has told nothing of itself yet. */
export function createServiceHealth(name: string): ServiceHealth {
  const checks: Checks = {}
  const pollers: Poller[] = []
  const polling = async () => {
    for (const poller of pollers) {
      const silence = secondsSince(poller.lastSignOfLife())
      if (silence > maxSilenceSeconds)
        throw new Error(`AWS has not answered a poll of ${poller.name} for ${Math.round(silence)} s`)
    }
  }
  return {
    name,
    registry: new Registry(),
    addChecks: (more) => void Object.assign(checks, more),
    addPollers: (...more) => void pollers.push(...more),
    checks: () => (pollers.length > 0 ? { ...checks, polling } : checks),
    pollers: () => pollers,
    lastSignOfLife: () =>
      pollers
        .map((poller) => poller.lastSignOfLife())
        .toSorted((one, other) => Temporal.Instant.compare(one, other))
        .at(0),
  }
}

/** Returns the seconds since an instant. */
export function secondsSince(instant: Temporal.Instant): number {
  return Temporal.Now.instant().since(instant).total('seconds')
}
