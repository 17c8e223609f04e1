import { backOffMilliseconds } from '@continuum/service'
import type { InTurn } from './in-turn.ts'
import type { Start } from './start.ts'

/**
 * The outcome of an attempt to start: `started`; `open`, when an execution of this id is open; `early`, when one that goes before it is still on
 * its way; `repeated`, when this start was made before.
 */
export type Outcome = 'started' | 'open' | 'early' | 'repeated'

/** The outcome that a start has in the end. */
export type Settled = Exclude<Outcome, 'open' | 'early'>

export interface PerIdQueueOptions {
  readonly attempt: (start: Start) => Promise<Outcome>
  /** Runs an attempt, with what is told of it, when it is its turn; the ids take turns. */
  readonly inTurn: InTurn
  /** Called once before the first attempt, or as soon as it is known that the start has to wait. */
  readonly onArrival: (start: Start) => Promise<void>
  /** Called once when a start has to wait for others. */
  readonly onWaiting: (start: Start) => Promise<void>
  /** Called after a failed attempt, before the next. */
  readonly onFailure: (error: unknown, start: Start) => void
  /** Waits; rejects when the process stops. */
  readonly pause: (milliseconds: number) => Promise<void>
}

interface Entry {
  readonly start: Start
  readonly settle: PromiseWithResolvers<Settled>
  arrived: boolean
  waiting: boolean
}

const retryDelay = { firstMilliseconds: 500, maxMilliseconds: 5_000 }
/** While an id is open: each time twice as long, for every attempt is a call of SWF, whose calls are limited for the whole account. */
const openDelay = { firstMilliseconds: 500, maxMilliseconds: 60_000 }

/**
 * Starts executions, those of one workflow id one after the other. Each id has a queue, ordered by the time since which
 * each start has waited, in whatever order they were received.
 *
 * Nothing is given up: an attempt that fails is repeated, and one that finds an open execution waits for its end. The
 * promise resolves when the execution is durable; it rejects when `pause` does, and with a failure that says `retry: false`.
 */
export function createPerIdQueue({
  attempt,
  inTurn,
  onArrival,
  onWaiting,
  onFailure,
  pause,
}: PerIdQueueOptions): (start: Start) => Promise<Settled> {
  const queues = new Map<string, Entry[]>()

  const work = async (workflowId: string, queue: Entry[]) => {
    let attempts = 0
    // Messages that are received together are sorted in before the first of them is tried.
    await Promise.resolve()
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      const outcome = await tryToStart(head, attempts > 0)
      if (outcome === 'open' || outcome === 'early' || outcome === 'failed') {
        await announceThoseBehind(queue, head)
        await pause(backOffMilliseconds(++attempts, outcome === 'open' ? openDelay : retryDelay))
        continue
      }
      attempts = 0
      queue.splice(queue.indexOf(head), 1)
      if (outcome instanceof Error) head.settle.reject(outcome)
      else head.settle.resolve(outcome)
    }
    queues.delete(workflowId)
  }

  /** Returns a permanent failure; after any other the start is attempted again. */
  const tryToStart = async (head: Entry, isRepeated: boolean): Promise<Outcome | 'failed' | Error> => {
    try {
      return await inTurn(head.start.priority ?? 0, async () => {
        await announceArrival(head)
        const outcome = await attempt(head.start)
        // Most of those that are early are so for less than the first pause, as two that were put in the same second.
        if (outcome === 'open' || (outcome === 'early' && isRepeated)) await announceWaiting(head)
        return outcome
      })
    } catch (error) {
      if (error instanceof Error && 'retry' in error && error.retry === false) return error
      onFailure(error, head.start)
      return 'failed'
    }
  }

  const announceArrival = async (entry: Entry) => {
    if (!entry.arrived) await onArrival(entry.start)
    entry.arrived = true
  }
  const announceWaiting = async (entry: Entry) => {
    if (!entry.waiting) await onWaiting(entry.start)
    entry.waiting = true
  }
  /** All behind the head wait as well, and the dashboard is to show it. */
  const announceThoseBehind = async (queue: readonly Entry[], head: Entry) => {
    for (const entry of queue.filter((each) => each !== head)) {
      try {
        await announceArrival(entry)
        await announceWaiting(entry)
      } catch (error) {
        onFailure(error, entry.start)
      }
    }
  }

  const rejectAll = (workflowId: string, queue: Entry[], error: unknown) => {
    queues.delete(workflowId)
    for (const { settle } of queue) settle.reject(error)
  }

  return (start) => {
    const entry: Entry = { start, settle: Promise.withResolvers(), arrived: false, waiting: false }
    const queue = queues.get(start.workflowId)
    if (queue) {
      const place = queue.findIndex((other) => Temporal.Instant.compare(other.start.since, start.since) > 0)
      queue.splice(place === -1 ? queue.length : place, 0, entry)
    } else {
      const created = [entry]
      queues.set(start.workflowId, created)
      work(start.workflowId, created).catch((error: unknown) => rejectAll(start.workflowId, created, error))
    }
    return entry.settle.promise
  }
}
