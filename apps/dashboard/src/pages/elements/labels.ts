import type { Step, StepState, RunState } from '../../derive/history/model.ts'
import { html, join, when, type Html } from '@continuum/service'
import type { IconName } from './icons.ts'
import { timeHtml } from './time.ts'

/** The icon of a step. */
export const stepIcon: Record<StepState, IconName> = {
  running: 'running',
  retrying: 'retrying',
  busy: 'waiting',
  done: 'done',
  failed: 'failed',
  noted: 'noted',
}

/** Returns the label of a step's state; an unknown status is shown verbatim. */
export function stepStateText(step: Step): string {
  const labels: Record<StepState, string> = {
    running: 'running',
    retrying: 'will be retried',
    busy: 'waiting',
    done: 'done',
    failed: 'failed',
    noted: step.status,
  }
  return labels[step.state]
}

/** Renders the number of the attempt and the time of the next one, or nothing for a first attempt. */
export function attemptHtml(step: Step): Html {
  const of = step.attempts === undefined ? '' : ` of ${step.attempts}`
  const many = step.attempt > 1 || step.state === 'retrying'
  const parts = [
    ...(many ? [html`attempt ${step.attempt}${of}`] : []),
    ...(step.retryAt === undefined ? [] : [html`next attempt ${timeHtml(step.retryAt)}`]),
  ]
  return when(parts.length > 0 && parts, (texts) => html`<span class="attempt">${join(texts, ', ')}</span>`)
}

/** The label of a run's state. */
export const runStateText: Record<RunState, string> = {
  waiting: 'waiting',
  'in progress': 'in progress',
  failed: 'failed',
  ready: 'ready to publish',
  requested: 'publication requested',
  publishing: 'publishing',
  published: 'published',
  hidden: 'hidden',
  dismissed: 'dismissed',
  repeated: 'same files again, no new version',
}

/** The icon of a run's state. */
export const runStateIcon: Record<RunState, IconName> = {
  waiting: 'waiting',
  'in progress': 'running',
  failed: 'failed',
  ready: 'ready',
  requested: 'scheduled',
  publishing: 'running',
  published: 'published',
  hidden: 'hidden',
  dismissed: 'hidden',
  repeated: 'hidden',
}
