import type { Step, StepState, RunState } from '../../derive/history/model.ts'
import { when, html, join, type Html } from './html.ts'
import type { IconName } from './icons.ts'
import { timeHtml } from './time.ts'

export const stepIcon: Record<StepState, IconName> = {
  running: 'running',
  retrying: 'retrying',
  busy: 'waiting',
  done: 'done',
  failed: 'failed',
  noted: 'noted',
}

/** The state in words; one that is none of ours is said as it was said to us. */
export function stepStateText(step: Step): string {
  const words: Record<StepState, string> = {
    running: 'running',
    retrying: 'will be tried again',
    busy: 'waits',
    done: 'done',
    failed: 'failed',
    noted: step.status,
  }
  return words[step.state]
}

/** Which attempt this is and when the next one comes, where there is more to say than "the first". */
export function attemptHtml(step: Step): Html {
  const of = step.attempts === undefined ? '' : ` of ${step.attempts}`
  const many = step.attempt > 1 || step.state === 'retrying'
  const parts = [
    ...(many ? [html`attempt ${step.attempt}${of}`] : []),
    ...(step.retryAt === undefined ? [] : [html`next try ${timeHtml(step.retryAt)}`]),
  ]
  return when(parts.length > 0 && parts, (said) => html`<span class="attempt">${join(said, ', ')}</span>`)
}

/** Where a run stands, in a few words. */
export const runStateText: Record<RunState, string> = {
  waiting: 'waiting',
  'in progress': 'in progress',
  failed: 'failed',
  ready: 'ready to publish',
  requested: 'publication asked for',
  publishing: 'being published',
  published: 'published',
  hidden: 'hidden',
  'set aside': 'set aside',
}

export const runStateIcon: Record<RunState, IconName> = {
  waiting: 'waiting',
  'in progress': 'running',
  failed: 'failed',
  ready: 'ready',
  requested: 'scheduled',
  publishing: 'running',
  published: 'published',
  hidden: 'hidden',
  'set aside': 'hidden',
}
