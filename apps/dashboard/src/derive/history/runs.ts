import type { Event } from '@continuum/messages'
import { microseconds } from './instant.ts'
import { eventsInOrder } from './order.ts'
import { stepsOf } from './steps.ts'
import type { Failure, Received, Run, Step } from './model.ts'

/** What is said of a delivery before any work on it begins. */
const arrival = new Set(['Delivery', 'Waiting'])

/**
 * The runs that these events of one article tell of, oldest first, numbered within their versions.
 *
 * The version of a run is the highest that its events name: before it is known they say 0.
 */
export function runsOf(events: readonly Received<Event>[]): Run[] {
  const runs = [...Map.groupBy(eventsInOrder(events), ({ message }) => message.run)].map(([id, said]) => runOf(id, said))
  const count = new Map<number, number>()
  return runs.toSorted(byBeginning).map((run) => {
    const number = (count.get(run.version) ?? 0) + 1
    count.set(run.version, number)
    return { ...run, number }
  })
}

/** Oldest first; of two that began together, by id, so that the order is the same for everyone. */
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
    ...(failure && { failure }),
  }
}

/** A delivery has arrived when it is told of, and no longer waits when work goes on, whether anybody says so or not. */
function closeArrival(step: Step, work: readonly Received<Event>[]): Step {
  if (step.state !== 'running' || !arrival.has(step.type)) return step
  if (step.type === 'Delivery') return { ...step, state: 'done', ended: step.began }
  const goesOn = work.find(({ message }) => microseconds(message.timestamp) >= microseconds(step.began))
  return goesOn ? { ...step, state: 'done', ended: goesOn.message.timestamp } : step
}

/**
 * What ended the run, if anything did: its first error since it last took something up again.
 *
 * A step beside the failed one may still be said to end, or even to start, after the error: that does not bring the run
 * back. The start of a step that was already over does: the run is being taken up again, at that step or before it.
 */
function failureOf(events: readonly Received<Event>[]): Run['failure'] {
  const over = new Set<string>()
  const attempts = new Map<string, number>()
  let failure: (Failure & { step: string }) | undefined
  for (const { message: event } of events) {
    const { event_type: step, status, timestamp: at, message } = event
    if (status === 'start') {
      if (over.delete(step)) failure = undefined
      attempts.set(step, event.attempt ?? (attempts.get(step) ?? 0) + 1)
    }
    if (status === 'end' || status === 'error') over.add(step)
    if (status === 'error') failure ??= { step, at, message, attempt: event.attempt ?? attempts.get(step) ?? 1 }
  }
  return failure
}
