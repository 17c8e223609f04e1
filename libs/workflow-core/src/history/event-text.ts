import type { HistoryEvent } from '@aws-sdk/client-swf'
import { timeOf } from './event.ts'
import { shorten } from '../values/error-text.ts'

/** Longest value that is shown whole. */
const longestValue = 160

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

/** `ConvertImages.fig1` of `ConvertImages.fig1#2`. */
export function stepOf(attemptId: string): string {
  return attemptId.replace(/#\d+$/, '')
}

export function timerInWords(id: string): [subject: string, what: string] {
  const [kind, rest] = [id.slice(0, id.indexOf('..')), id.slice(id.indexOf('..') + 1)]
  if (kind === 'retry') return [stepOf(rest), 'next attempt']
  if (kind === 'signal') return [`signal ${stepOf(rest)}`, 'is waited for, until it is given up']
  return [id, 'goes on']
}

export function took({ scheduled, started }: Attempt, event: HistoryEvent): string {
  const waited = started === undefined ? 0 : started.since(scheduled).total('seconds')
  const queued = waited < 1 ? '' : ` (and ${waited.toFixed(1)} s in the queue)`
  return `${timeOf(event)
    .since(started ?? scheduled)
    .total('seconds')
    .toFixed(1)} s${queued}`
}

/** What a time-out means for whoever looks for its cause. */
export function meaning(kind: string | undefined, { worker, limits }: Attempt): string {
  if (kind === 'HEARTBEAT')
    return `no heartbeat of ${worker} for ${limits.heartbeat} s: it died, hung or lost the network`
  if (kind === 'START_TO_CLOSE') return `${worker} was not done within ${limits.run} s`
  return `no worker took it from task list ${limits.list}: do any run for it?`
}

export function openAttempt({ started, scheduled, worker, limits }: Attempt): string {
  if (started === undefined) return `waits for a worker on task list ${limits.list} since ${scheduled.toString()}`
  return `is under way on ${worker} since ${started.toString()}, for at most ${limits.run} s`
}

export function childEnd(
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
  return { workflowId, initiatedEventId, how: `SWF REFUSED to start it: ${cause}` }
}

export function gave(result: string | undefined): string {
  return result === undefined || result === '' ? '' : `, gave ${value(result)}`
}

export function value(text: string | undefined): string {
  return text === undefined || text === '' ? 'nothing' : shorten(text, longestValue)
}

export function clock(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 0 }).slice(11, 19)
}
