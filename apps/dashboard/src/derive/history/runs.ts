import type { Event } from '@continuum/messages'
import { microseconds } from './instant.ts'
import { eventsInOrder } from './order.ts'
import { stepsOf } from './steps.ts'
import type { Failure, Received, Run, Step } from './model.ts'

/** The event types of a delivery before any work on it. */
const arrival = new Set(['Delivery', 'Waiting'])

/**
 * Groups the events of an article into runs, oldest first, numbered within their versions.
 *
 * The version of a run is the highest that its events name: they name 0 until it is known.
 */
export function runsOf(events: readonly Received<Event>[]): Run[] {
  const runs = [...Map.groupBy(eventsInOrder(events), ({ message }) => message.run)].map(([id, own]) => runOf(id, own))
  const count = new Map<number, number>()
  return runs.toSorted(byBeginning).map((run) => {
    const number = (count.get(run.version) ?? 0) + 1
    count.set(run.version, number)
    return { ...run, number }
  })
}

/** Compares runs: oldest first, and by id if they began at the same time. */
export function byBeginning(a: Run, b: Run): number {
  return microseconds(a.began) - microseconds(b.began) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function runOf(id: string, events: Received<Event>[]): Run {
  const work = events.filter(({ message }) => !arrival.has(message.event_type))
  const steps = stepsOf(events).map((step) => closeArrival(step, work))
  const failure = failureOf(events)
  const times = events.map(({ message }) => message.timestamp)
  return {
    id,
    number: 0,
    version: Math.max(...events.map(({ message }) => Number(message.version))),
    events,
    steps,
    began: times.at(0) ?? '',
    latest: times.at(-1) ?? '',
    startSent: Math.min(...(work.length > 0 ? work : events).map(({ sent }) => sent)),
    latestSent: Math.max(...events.map(({ sent }) => sent)),
    waiting: work.length === 0 && steps.some(({ type, state }) => type === 'Waiting' && state === 'running'),
    repeated: steps.some(({ type, status }) => type === 'Compare Delivery' && status === 'repeated'),
    ...(failure && { failure }),
  }
}

/** Ends the steps of an arrival: `Delivery` at once, `Waiting` when work continues, even if no event says so. */
function closeArrival(step: Step, work: readonly Received<Event>[]): Step {
  if (step.state !== 'running' || !arrival.has(step.type)) return step
  if (step.type === 'Delivery') return { ...step, state: 'done', ended: step.began }
  const next = work.find(({ message }) => microseconds(message.timestamp) >= microseconds(step.began))
  return next ? { ...step, state: 'done', ended: next.message.timestamp } : step
}

/**
 * Finds the error that ended the run: that of the first step that has failed since it last resumed.
 *
 * The last event of a step decides: an end after its error, as of a worker that was taken for dead, takes the error back.
 * A parallel step may still end, or even start, after the error: that does not resume the run. The start of a step that
 * was already over does.
 */
function failureOf(events: readonly Received<Event>[]): Run['failure'] {
  const over = new Set<string>()
  const attempts = new Map<string, number>()
  /** By step, in the order in which the steps failed. */
  const failures = new Map<string, Failure>()
  for (const { message: event } of events) {
    const { event_type: step, status, timestamp: at, message } = event
    if (status === 'progress') continue
    if (status === 'start') {
      if (over.delete(step)) failures.clear()
      attempts.set(step, event.attempt ?? (attempts.get(step) ?? 0) + 1)
    }
    if (status === 'end' || status === 'error') over.add(step)
    if (status === 'error') failures.set(step, { at, message, attempt: event.attempt ?? attempts.get(step) ?? 1 })
    else failures.delete(step)
  }
  const [first] = failures
  return first && { step: first[0], ...first[1] }
}
