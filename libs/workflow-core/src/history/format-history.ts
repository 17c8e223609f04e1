import type { HistoryEvent } from '@aws-sdk/client-swf'
import { Value } from 'typebox/value'
import { readFailure } from '../declare/failure.ts'
import { TaskInput } from '../declare/task-input.ts'
import { readStart } from './earlier-run.ts'
import {
  childEnd,
  clock,
  gave,
  meaning,
  openAttempt,
  stepOf,
  timerInWords,
  took,
  value,
  type Attempt,
} from './event-text.ts'
import { given, idOf, timeOf } from './event.ts'
import { outcomeOf } from '../values/outcome.ts'
import { parseJson, isReference } from '../values/payload.ts'

const nothingOpen = 'It waits for a signal, or for a decision that no decider has taken.'

/**
 * A history for a person who was woken by it: a line for each thing that happened to a step, a timer, a signal or a child,
 * with the reasons of failures, what a time-out means and what is tried next; then what is still open, or how it ended.
 * @param events the whole history, in order
 * @throws MalformedHistory
 */
export function historyInWords(events: readonly HistoryEvent[]): string {
  const attempts = new Map<number, Attempt>()
  const timers = new Map<number, { readonly id: string; readonly due: Temporal.Instant }>()
  const children = new Map<number, string>()
  const lines: string[] = []
  let unanswered = 0
  let day = ''

  const say = (event: HistoryEvent, subject: string, text: string) => {
    const at = timeOf(event).toString({ fractionalSecondDigits: 3 })
    if (!at.startsWith(day) || day === '') lines.push(`${(day = at.slice(0, 10))} (UTC)`)
    lines.push(`  ${at.slice(11, 23)}  ${subject.padEnd(28)}  ${text}`)
  }
  const attemptOf = (event: HistoryEvent, scheduledEventId: number | undefined) =>
    given(event, attempts.get(scheduledEventId ?? 0), 'scheduled attempt')
  const ended = (event: HistoryEvent, scheduledEventId: number | undefined, how: (attempt: Attempt) => string) => {
    const attempt = attemptOf(event, scheduledEventId)
    attempts.delete(scheduledEventId ?? 0)
    say(event, stepOf(attempt.id), `${attempt.count} ${how(attempt)}`)
  }

  for (const event of events) {
    switch (event.eventType) {
      case 'WorkflowExecutionStarted': {
        const started = event.workflowExecutionStartedEventAttributes
        const { name, version } = started?.workflowType ?? {}
        const { input, earlierRun } = isReference(started?.input ?? '')
          ? { input: started?.input }
          : readStart(started?.input)
        const again = earlierRun === undefined ? '' : ` again, given ${Object.keys(earlierRun.done).length} results,`
        say(event, 'started', `${name} ${version}${again} with ${value(input)}`)
        break
      }
      case 'ActivityTaskScheduled': {
        const scheduled = given(event, event.activityTaskScheduledEventAttributes, 'attributes')
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
        attempt.worker = identity ?? 'a worker without a name'
        break
      }
      case 'ActivityTaskCompleted': {
        const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {}
        ended(event, scheduledEventId, (attempt) => `done in ${took(attempt, event)}${gave(result)}`)
        break
      }
      case 'ActivityTaskFailed': {
        const { scheduledEventId, reason, details } = event.activityTaskFailedEventAttributes ?? {}
        const { message, permanent } = readFailure(reason, details)
        const lasting = permanent ? '; trying again cannot help' : ''
        ended(event, scheduledEventId, (attempt) =>
          reason === 'WorkerStopping'
            ? `was cut short after ${took(attempt, event)} by its worker's stop; that counts as none`
            : `FAILED after ${took(attempt, event)} on ${attempt.worker}: ${reason}: ${message}${lasting}`,
        )
        break
      }
      case 'ActivityTaskTimedOut': {
        const { scheduledEventId, timeoutType, details } = event.activityTaskTimedOutEventAttributes ?? {}
        const reached = details === undefined ? '' : `; it had reached ${value(details)}`
        ended(
          event,
          scheduledEventId,
          (attempt) => `TIMED OUT, ${timeoutType}: ${meaning(timeoutType, attempt)}${reached}`,
        )
        break
      }
      case 'ActivityTaskCanceled':
        ended(event, event.activityTaskCanceledEventAttributes?.scheduledEventId, () => 'was cancelled')
        break
      case 'ScheduleActivityTaskFailed': {
        const { activityId = '?', cause } = event.scheduleActivityTaskFailedEventAttributes ?? {}
        say(event, stepOf(activityId), `SWF REFUSED to schedule it: ${cause}`)
        break
      }
      case 'TimerStarted': {
        const { timerId = '?', startToFireTimeout = '0' } = event.timerStartedEventAttributes ?? {}
        const due = timeOf(event).add({ seconds: Number(startToFireTimeout) })
        timers.set(idOf(event), { id: timerId, due })
        const [subject, what] = timerInWords(timerId)
        say(event, subject, `${what} in ${startToFireTimeout} s, at ${clock(due)}`)
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
        say(event, `signal ${signalName}`, `came with ${value(input)}`)
        break
      }
      case 'MarkerRecorded': {
        const { markerName = '?', details } = event.markerRecordedEventAttributes ?? {}
        say(event, `local ${markerName}`, `is ${value(details)}`)
        break
      }
      case 'StartChildWorkflowExecutionInitiated': {
        const { workflowId = '?', input } = event.startChildWorkflowExecutionInitiatedEventAttributes ?? {}
        children.set(idOf(event), workflowId)
        say(event, `child ${workflowId}`, `is started with ${value(input)}`)
        break
      }
      case 'SignalExternalWorkflowExecutionInitiated': {
        const { workflowId, signalName, input } = event.signalExternalWorkflowExecutionInitiatedEventAttributes ?? {}
        say(event, `signal to ${workflowId}`, `${signalName} with ${value(input)}`)
        break
      }
      case 'SignalExternalWorkflowExecutionFailed': {
        const { workflowId, cause } = event.signalExternalWorkflowExecutionFailedEventAttributes ?? {}
        say(event, `signal to ${workflowId}`, `did not arrive: ${cause}`)
        break
      }
      case 'WorkflowExecutionCancelRequested':
        say(event, 'cancellation', 'was asked for')
        break
      case 'DecisionTaskCompleted':
        unanswered = 0
        break
      case 'DecisionTaskTimedOut':
        unanswered += 1
        say(event, 'decision', `a decider took it and did not answer (${unanswered} in a row): see the deciders' logs`)
        break
      default: {
        const child = childEnd(event)
        if (child !== undefined) {
          children.delete(child.initiatedEventId)
          say(event, `child ${child.workflowId}`, child.how)
        }
        const outcome = outcomeOf(event)
        if (outcome === undefined) break
        const why = 'reason' in outcome ? `: ${outcome.reason}` : 'result' in outcome ? gave(outcome.result) : ''
        say(event, 'the end', `${outcome.status}${why}`)
      }
    }
  }
  const last = events.at(-1)
  if (last !== undefined && outcomeOf(last) !== undefined) return lines.join('\n')

  const open = [
    ...Array.from(attempts.values(), (attempt) => `${stepOf(attempt.id)}: ${attempt.count} ${openAttempt(attempt)}`),
    ...Array.from(timers.values(), ({ id, due }) => `${timerInWords(id).join(': ')} at ${due.toString()}`),
    ...Array.from(children.values(), (workflowId) => `child ${workflowId}`),
  ]
  const waitsFor = open.length > 0 ? ['It waits for', ...open.map((each) => `  ${each}`)] : [nothingOpen]
  return [...lines, '', ...waitsFor].join('\n')
}
