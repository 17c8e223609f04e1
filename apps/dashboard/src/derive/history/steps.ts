import type { Event } from '@continuum/messages'
import type { Received, Step, StepState } from './model.ts'

const stateOf: Record<string, StepState> = {
  start: 'running',
  end: 'done',
  error: 'failed',
  retry: 'retrying',
  busy: 'busy',
}

/**
 * Groups the events of a run, which must be in order, into steps in the order in which they began.
 *
 * A step that is over (ended or failed) and starts again is a new step. One that was to be retried, or that starts again
 * without having ended (its worker died), continues with its next attempt. Steps may run in parallel.
 */
export function stepsOf(events: readonly Received<Event>[]): Step[] {
  const steps: Step[] = []
  const latest = new Map<string, Step>()
  for (const { message: event } of events) {
    let step = latest.get(event.event_type)
    if (step === undefined || (event.status === 'start' && isOver(step))) {
      step = open(event)
      steps.push(step)
      latest.set(event.event_type, step)
    }
    advance(step, event)
  }
  return steps
}

/** Checks that the step is not in progress. */
export function isOver(step: Step): boolean {
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
