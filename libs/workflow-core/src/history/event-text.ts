import type { HistoryEvent } from '@aws-sdk/client-swf'
import { timeOf } from './event-attributes.ts'
import { shorten } from '../values/error-text.ts'

/** Maximum length of a value that is shown in full. */
const maxValueLength = 160

/** An attempt of an activity that has not ended yet. */
export interface Attempt {
  readonly id: string
  readonly scheduled: Temporal.Instant
  /** `attempt 2 of 5`. */
  readonly count: string
  readonly limits: { readonly run: string | undefined; readonly heartbeat: string | undefined; readonly list: string }
  started?: Temporal.Instant
  worker?: string
}

/** Returns the step of an attempt: `ConvertImages.fig1` of `ConvertImages.fig1#2`. */
export function stepOf(attemptId: string): string {
  return attemptId.replace(/#\d+$/, '')
}

/** Names the subject of a timer, and what happens when it fires. */
export function timerText(id: string): [subject: string, what: string] {
  const [kind, rest] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)]
  if (kind === 'retry') return [stepOf(rest), 'next attempt']
  if (kind === 'signal') return [`signal ${stepOf(rest)}`, 'wait times out']
  return [id, 'fires']
}

/** Tells how long an attempt took, and how long it was queued. */
export function durationText({ scheduled, started }: Attempt, event: HistoryEvent): string {
  const waited = started === undefined ? 0 : started.since(scheduled).total('seconds')
  const queued = waited < 1 ? '' : ` (after ${waited.toFixed(1)} s in the queue)`
  return `${timeOf(event)
    .since(started ?? scheduled)
    .total('seconds')
    .toFixed(1)} s${queued}`
}

/** Explains a time-out. */
export function timeoutText(kind: string | undefined, { worker, limits }: Pick<Attempt, 'worker' | 'limits'>): string {
  if (kind === 'HEARTBEAT')
    return `no heartbeat from ${worker} for ${limits.heartbeat} s: it died, hung or lost the network`
  if (kind === 'START_TO_CLOSE') return `${worker} did not finish within ${limits.run} s`
  return `no worker took it from task list ${limits.list}: are any running?`
}

/** Describes an attempt that has not ended. */
export function openAttemptText({ started, scheduled, worker, limits }: Attempt): string {
  if (started === undefined) return `waiting for a worker on task list ${limits.list} since ${scheduled.toString()}`
  return `running on ${worker} since ${started.toString()}, times out after ${limits.run} s`
}

/** Reads how a child closed; `undefined` for other events. */
export function childClose(
  event: HistoryEvent,
): { workflowId: string; initiatedEventId: number; how: string } | undefined {
  const ends = [
    [event.childWorkflowExecutionCompletedEventAttributes, 'completed'],
    [event.childWorkflowExecutionFailedEventAttributes, 'FAILED'],
    [event.childWorkflowExecutionTimedOutEventAttributes, 'TIMED OUT'],
    [event.childWorkflowExecutionCanceledEventAttributes, 'was cancelled'],
    [event.childWorkflowExecutionTerminatedEventAttributes, 'WAS TERMINATED'],
  ] as const
  for (const [attributes, how] of ends) {
    if (attributes === undefined) continue
    const reason = 'reason' in attributes && attributes.reason !== undefined ? `: ${attributes.reason}` : ''
    return {
      workflowId: attributes.workflowExecution?.workflowId ?? '?',
      initiatedEventId: attributes.initiatedEventId ?? 0,
      how: `${how}${reason}`,
    }
  }
  const refused = event.startChildWorkflowExecutionFailedEventAttributes
  if (refused === undefined) return undefined
  const { workflowId = '?', initiatedEventId = 0, cause } = refused
  return { workflowId, initiatedEventId, how: `NOT STARTED by SWF: ${cause}` }
}

/** Shows a value, shortened if necessary. */
export function shortValue(text: string): string {
  return shorten(text, maxValueLength)
}

/** Shows the time of day. */
export function timeText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 0 }).slice(11, 19)
}
