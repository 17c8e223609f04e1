import type { HistoryEvent } from '@aws-sdk/client-swf'
import { Value } from 'typebox/value'
import { readFailure } from '../declare/failure.ts'
import { TaskInput } from '../declare/task-input.ts'
import { readStart, type EarlierRun } from './earlier-run.ts'
import {
  childClose,
  durationText,
  openAttemptText,
  stepOf,
  timeoutText,
  timerText,
  timeText,
  shortValue,
  type Attempt,
} from './event-text.ts'
import { required, idOf, timeOf } from './event-attributes.ts'
import { outcomeOf } from '../values/outcome.ts'
import { parseJson, isReference } from '../values/payload.ts'
import { retryNowSignal } from '../values/retry-now-signal.ts'

/** A line of a timeline: what happened to a step, timer, signal or child. */
export interface TimelineEntry {
  readonly eventId: number
  readonly at: Temporal.Instant
  readonly subject: string
  readonly text: string
  /** It failed, timed out, or was refused. */
  readonly failed: boolean
}

/** A history in words. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[]
  /** Everything that is still open; empty where it is closed, or waits for a signal or a decider. */
  readonly open: readonly string[]
  readonly closed: boolean
}

/**
 * Reads a history in words for whoever is on call: each event of a step, timer, signal or child, with the reasons of failures, the
 * meaning of time-outs and the next retry; then everything that is still open.
 * @param events the whole history, in order
 * @param show shows a value as JSON has it, shortened or with parts hidden
 * @throws MalformedHistoryError
 */
export function readTimeline(events: readonly HistoryEvent[], show: (value: string) => string = shortValue): Timeline {
  const valueText = (text: string | undefined) => (text === undefined || text === '' ? 'nothing' : show(text))
  const resultText = (text: string | undefined) => (text === undefined || text === '' ? '' : `, returned ${show(text)}`)
  const attempts = new Map<number, Attempt>()
  const timers = new Map<number, { readonly id: string; readonly due: Temporal.Instant }>()
  const children = new Map<number, string>()
  const entries: TimelineEntry[] = []
  let unanswered = 0

  const add = (event: HistoryEvent, subject: string, text: string) =>
    void entries.push({
      eventId: idOf(event),
      at: timeOf(event),
      subject,
      text,
      failed: failures.has(event.eventType ?? ''),
    })
  const attemptOf = (event: HistoryEvent, scheduledEventId: number | undefined) =>
    required(event, attempts.get(scheduledEventId ?? 0), 'scheduled attempt')
  const end = (event: HistoryEvent, scheduledEventId: number | undefined, how: (attempt: Attempt) => string) => {
    const attempt = attemptOf(event, scheduledEventId)
    attempts.delete(scheduledEventId ?? 0)
    add(event, stepOf(attempt.id), `${attempt.count} ${how(attempt)}`)
  }

  for (const event of events) {
    switch (event.eventType) {
      case 'WorkflowExecutionStarted': {
        const started = event.workflowExecutionStartedEventAttributes
        const { name, version } = started?.workflowType ?? {}
        const { input, earlierRun } = isReference(started?.input ?? '')
          ? { input: started?.input }
          : readStart(started?.input)
        const again = earlierRun === undefined ? '' : ` ${describeEarlier(earlierRun)},`
        add(event, 'started', `${name} ${version}${again} with ${valueText(input)}`)
        break
      }
      case 'ActivityTaskScheduled': {
        const scheduled = required(event, event.activityTaskScheduledEventAttributes, 'attributes')
        const task = parseJson(scheduled.input ?? '')
        attempts.set(idOf(event), {
          id: scheduled.activityId ?? '?',
          scheduled: timeOf(event),
          count: Value.Check(TaskInput, task) ? `attempt ${task.attempt} of ${task.attempts}` : 'attempt',
          limits: {
            run: scheduled.startToCloseTimeout,
            heartbeat: scheduled.heartbeatTimeout,
            list: scheduled.taskList?.name ?? '?',
          },
        })
        break
      }
      case 'ActivityTaskStarted': {
        const { scheduledEventId, identity } = event.activityTaskStartedEventAttributes ?? {}
        const attempt = attemptOf(event, scheduledEventId)
        attempt.started = timeOf(event)
        attempt.worker = identity ?? 'an unnamed worker'
        break
      }
      case 'ActivityTaskCompleted': {
        const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {}
        end(event, scheduledEventId, (attempt) => `completed in ${durationText(attempt, event)}${resultText(result)}`)
        break
      }
      case 'ActivityTaskFailed': {
        const { scheduledEventId, reason, details } = event.activityTaskFailedEventAttributes ?? {}
        const { message, permanent } = readFailure(reason, details)
        const lasting = permanent ? '; not retryable' : ''
        end(event, scheduledEventId, (attempt) =>
          reason === 'WorkerStopping'
            ? `interrupted after ${durationText(attempt, event)} because its worker stopped; does not count as an attempt`
            : `FAILED after ${durationText(attempt, event)} on ${attempt.worker}: ${reason}: ${message}${lasting}`,
        )
        break
      }
      case 'ActivityTaskTimedOut': {
        const { scheduledEventId, timeoutType, details } = event.activityTaskTimedOutEventAttributes ?? {}
        const heartbeat = details === undefined ? '' : `; last heartbeat ${valueText(details)}`
        end(
          event,
          scheduledEventId,
          (attempt) => `TIMED OUT, ${timeoutType}: ${timeoutText(timeoutType, attempt)}${heartbeat}`,
        )
        break
      }
      case 'ActivityTaskCanceled':
        end(event, event.activityTaskCanceledEventAttributes?.scheduledEventId, () => 'canceled')
        break
      case 'ScheduleActivityTaskFailed': {
        const { activityId = '?', cause } = event.scheduleActivityTaskFailedEventAttributes ?? {}
        add(event, stepOf(activityId), `NOT SCHEDULED by SWF: ${cause}`)
        break
      }
      case 'TimerStarted': {
        const { timerId = '?', startToFireTimeout = '0' } = event.timerStartedEventAttributes ?? {}
        const due = timeOf(event).add({ seconds: Number(startToFireTimeout) })
        timers.set(idOf(event), { id: timerId, due })
        const [subject, what] = timerText(timerId)
        add(event, subject, `${what} in ${startToFireTimeout} s, at ${timeText(due)}`)
        break
      }
      case 'TimerFired':
        timers.delete(event.timerFiredEventAttributes?.startedEventId ?? 0)
        break
      case 'TimerCanceled':
        timers.delete(event.timerCanceledEventAttributes?.startedEventId ?? 0)
        break
      case 'WorkflowExecutionSignaled': {
        const { signalName = '?', input } = event.workflowExecutionSignaledEventAttributes ?? {}
        const retried = signalName === retryNowSignal ? parseJson(input ?? '') : undefined
        if (typeof retried === 'string') add(event, stepOf(retried), 'next attempt requested at once')
        else add(event, `signal ${signalName}`, `received with ${valueText(input)}`)
        break
      }
      case 'MarkerRecorded': {
        const { markerName = '?', details } = event.markerRecordedEventAttributes ?? {}
        add(event, `side effect ${markerName}`, `is ${valueText(details)}`)
        break
      }
      case 'StartChildWorkflowExecutionInitiated': {
        const { workflowId = '?', input } = event.startChildWorkflowExecutionInitiatedEventAttributes ?? {}
        children.set(idOf(event), workflowId)
        add(event, `child ${workflowId}`, `started with ${valueText(input)}`)
        break
      }
      case 'SignalExternalWorkflowExecutionInitiated': {
        const { workflowId, signalName, input } = event.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {}
        add(event, `signal to ${workflowId}`, `${signalName} with ${valueText(input)}`)
        break
      }
      case 'SignalExternalWorkflowExecutionFailed': {
        const { workflowId, cause } = event.signalExternalWorkflowExecutionFailedEventAttributes ?? {}
        add(event, `signal to ${workflowId}`, `not delivered: ${cause}`)
        break
      }
      case 'WorkflowExecutionCancelRequested':
        add(event, 'cancellation', 'requested')
        break
      case 'DecisionTaskCompleted':
        unanswered = 0
        break
      case 'DecisionTaskTimedOut':
        unanswered += 1
        add(
          event,
          'decision',
          `started by a decider that did not respond (${unanswered} in a row): see the deciders' logs`,
        )
        break
      default: {
        const child = childClose(event)
        if (child !== undefined) {
          children.delete(child.initiatedEventId)
          add(event, `child ${child.workflowId}`, child.how)
        }
        const outcome = outcomeOf(event)
        if (outcome === undefined) break
        const why = 'reason' in outcome ? `: ${outcome.reason}` : 'result' in outcome ? resultText(outcome.result) : ''
        add(event, 'closed', `${outcome.status}${why}`)
      }
    }
  }
  const last = events.at(-1)
  const closed = last !== undefined && outcomeOf(last) !== undefined
  const open = [
    ...Array.from(
      attempts.values(),
      (attempt) => `${stepOf(attempt.id)}: ${attempt.count} ${openAttemptText(attempt)}`,
    ),
    ...Array.from(timers.values(), ({ id, due }) => `${timerText(id).join(': ')} at ${due.toString()}`),
    ...Array.from(children.values(), (workflowId) => `child ${workflowId}`),
  ]
  return { entries, open: closed ? [] : open, closed }
}

const failures: ReadonlySet<string> = new Set([
  'ActivityTaskFailed',
  'ActivityTaskTimedOut',
  'ScheduleActivityTaskFailed',
  'DecisionTaskTimedOut',
  'SignalExternalWorkflowExecutionFailed',
  'ChildWorkflowExecutionFailed',
  'ChildWorkflowExecutionTimedOut',
  'ChildWorkflowExecutionTerminated',
  'StartChildWorkflowExecutionFailed',
  'WorkflowExecutionFailed',
  'WorkflowExecutionTimedOut',
  'WorkflowExecutionTerminated',
])

/** Says where a run comes from: a rerun has results of the earlier run, one that continues it signals that it had not taken. */
function describeEarlier({ execution, done, signals }: EarlierRun): string {
  return execution === undefined
    ? `with ${signals.length} signal${signals.length === 1 ? '' : 's'} of the run before`
    : `as a rerun with ${Object.keys(done).length} earlier results`
}
