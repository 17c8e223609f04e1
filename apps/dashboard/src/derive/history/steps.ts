import type { Event } from '@continuum/messages'
import type { Received, Step, StepState } from './model.ts'

const stateOf: Record<string, StepState> = {
  start: 'running',
  end: 'done',
  error: 'failed',
  retry: 'retrying',
  busy: 'busy',
  progress: 'running',
}

/**
 * Groups the events of a run, which must be in order, into steps in the order in which they began.
 *
 * A step that is over (ended or failed) and starts again is a new step. One that was to be retried, or that starts again
 * without having ended (its worker died), continues with its next attempt. Steps may run in parallel.
 */
export function stepsOf(events: readonly Received<Event>[]): Step[] {
  return eventsByStep(events).map(([first, ...later]) => {
    const step = open(first.message)
    for (const { message } of [first, ...later]) advance(step, message)
    return step
  })
}

/**
 * Groups the events of a run, which must be in order, by its steps, as `stepsOf` returns those. Progress of a step that is over is
 * left out: it was told late.
 */
export function eventsByStep(events: readonly Received<Event>[]): [Received<Event>, ...Received<Event>[]][] {
  const groups: [Received<Event>, ...Received<Event>[]][] = []
  const latest = new Map<string, [Received<Event>, ...Received<Event>[]]>()
  for (const received of events) {
    const { event_type: type, status } = received.message
    const group = latest.get(type)
    const over = group !== undefined && closes(group.at(-1)?.message.status ?? '')
    if (over && status === 'progress') continue
    if (group === undefined || (over && status === 'start')) {
      const opened: [Received<Event>] = [received]
      groups.push(opened)
      latest.set(type, opened)
    } else group.push(received)
  }
  return groups
}

/** Checks that a step is over after an event with this status. */
function closes(status: string): boolean {
  return isOver({ state: stateOf[status] ?? 'noted' })
}

/** Checks that the step is not in progress. */
export function isOver(step: Pick<Step, 'state'>): boolean {
  return step.state === 'done' || step.state === 'failed' || step.state === 'noted'
}

function open(event: Event): Step {
  return {
    type: event.event_type,
    state: 'noted',
    status: '',
    message: '',
    began: event.timestamp,
    attempt: 0,
    failures: [],
  }
}

function advance(step: Step, event: Event): void {
  const state = stateOf[event.status] ?? 'noted'
  step.attempt = event.attempt ?? (event.status === 'start' || step.attempt === 0 ? step.attempt + 1 : step.attempt)
  if (event.attempts !== undefined) step.attempts = event.attempts
  step.state = state
  step.status = event.status
  step.message = event.message
  delete step.retryAt
  delete step.ended
  if ((state === 'retrying' || state === 'busy') && event.retry_at !== undefined) step.retryAt = event.retry_at
  if (state === 'done' || state === 'failed') step.ended = event.timestamp
  if (state === 'failed' || state === 'retrying') {
    step.failures.push({ at: event.timestamp, attempt: step.attempt, message: event.message })
  }
}
