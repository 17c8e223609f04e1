import type { Start } from './start.ts'

/**
 * What became of an attempt to start: `started`; `open`, when an execution of this id is open; `repeated`, when its run
 * was started before.
 */
export type Attempt = 'started' | 'open' | 'repeated'

export interface LineOptions {
  readonly attempt: (start: Start) => Promise<Attempt>
  /** Called once before the first attempt, or as soon as it is known that it has to wait. */
  readonly onArrival: (start: Start) => Promise<void>
  /** Called once when a start has to wait for others. */
  readonly onWaiting: (start: Start) => Promise<void>
  /** Called after a failed attempt, before the next. */
  readonly onFailure: (error: unknown, start: Start) => void
  /** Waits; rejects when there is to be no waiting any more. */
  readonly pause: (milliseconds: number) => Promise<void>
}

interface Waiting {
  readonly start: Start
  readonly settle: PromiseWithResolvers<Exclude<Attempt, 'open'>>
  arrived: boolean
  told: boolean
}

const pauses = { shortest: 500, longest: 5_000 }

/**
 * Starts executions, those with one id one after the other: they stand in a line, the one that has waited since the
 * earliest at its head, wherever in the line it was received.
 *
 * Nothing is given up: an attempt that fails is made again, and one that finds an open execution waits for its end. The
 * promise settles when the execution is durable; it rejects when `pause` does, and with a failure that says `retry: false`.
 */
export function createLines({
  attempt,
  onArrival,
  onWaiting,
  onFailure,
  pause,
}: LineOptions): (start: Start) => Promise<Exclude<Attempt, 'open'>> {
  const lines = new Map<string, Waiting[]>()

  const serve = async (workflowId: string, line: Waiting[]) => {
    let wait = pauses.shortest
    // Messages that are received together find their places before the first of them is looked at.
    await Promise.resolve()
    for (let head = line[0]; head !== undefined; head = line[0]) {
      const outcome = await attempted(head)
      if (outcome === 'open') {
        await tellBehind(line, head)
        await pause(wait)
        wait = Math.min(wait * 2, pauses.longest)
        continue
      }
      wait = pauses.shortest
      line.splice(line.indexOf(head), 1)
      if (outcome instanceof Error) head.settle.reject(outcome)
      else head.settle.resolve(outcome)
    }
    lines.delete(workflowId)
  }

  /** A failure to start is, for the line, as if the id were open, unless it is one that stays. */
  const attempted = async (head: Waiting): Promise<Attempt | Error> => {
    try {
      await tellArrival(head)
      const outcome = await attempt(head.start)
      if (outcome === 'open') await tellWaiting(head)
      return outcome
    } catch (error) {
      if (error instanceof Error && 'retry' in error && error.retry === false) return error
      onFailure(error, head.start)
      return 'open'
    }
  }

  const tellArrival = async (waiting: Waiting) => {
    if (!waiting.arrived) await onArrival(waiting.start)
    waiting.arrived = true
  }
  const tellWaiting = async (waiting: Waiting) => {
    if (!waiting.told) await onWaiting(waiting.start)
    waiting.told = true
  }
  /** All that stand behind the head wait as well, and are to be seen to. */
  const tellBehind = async (line: readonly Waiting[], head: Waiting) => {
    for (const waiting of line.filter((each) => each !== head)) {
      try {
        await tellArrival(waiting)
        await tellWaiting(waiting)
      } catch (error) {
        onFailure(error, waiting.start)
      }
    }
  }

  const leave = (workflowId: string, line: Waiting[], error: unknown) => {
    lines.delete(workflowId)
    for (const { settle } of line) settle.reject(error)
  }

  return (start) => {
    const waiting: Waiting = { start, settle: Promise.withResolvers(), arrived: false, told: false }
    const line = lines.get(start.workflowId)
    if (line) {
      const place = line.findIndex((other) => Temporal.Instant.compare(other.start.since, start.since) > 0)
      line.splice(place === -1 ? line.length : place, 0, waiting)
    } else {
      const fresh = [waiting]
      lines.set(start.workflowId, fresh)
      serve(start.workflowId, fresh).catch((error: unknown) => leave(start.workflowId, fresh, error))
    }
    return waiting.settle.promise
  }
}
