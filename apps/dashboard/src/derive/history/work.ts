import type { Event } from '@continuum/messages'
import { microseconds } from './instant.ts'
import type { Received, Run } from './model.ts'
import { eventsByStep } from './steps.ts'

/** The time in which an attempt was under way, in milliseconds since 1970. */
export interface Attempt {
  readonly from: number
  readonly to: number
}

/**
 * Returns the attempts of each step of a run, in the order of its steps. Waiting for a turn, for the next attempt or for a busy
 * service is no work, and neither is an arrival.
 */
export function workOf(run: Run): Attempt[][] {
  const latest = milliseconds(run.latest)
  return eventsByStep(run.events).map((events) => attemptsOf(events, latest))
}

const waits = new Set(['Waiting', 'Delivery'])

function attemptsOf(events: readonly Received<Event>[], latest: number): Attempt[] {
  const attempts: Attempt[] = []
  let from: number | undefined
  for (const { message } of events) {
    const at = milliseconds(message.timestamp)
    if (message.status === 'start') {
      // Its worker stopped: until when it worked is not known.
      if (from !== undefined) attempts.push({ from, to: at })
      from = at
    } else if (message.status !== 'progress') {
      attempts.push({ from: from ?? at, to: at })
      from = undefined
    }
  }
  if (from !== undefined) attempts.push({ from, to: latest })
  const type = events[0]?.message.event_type ?? ''
  return waits.has(type) ? attempts.map(({ from: began }) => ({ from: began, to: began })) : attempts
}

function milliseconds(instant: string): number {
  return microseconds(instant) / 1000
}
