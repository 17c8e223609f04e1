import type { HistoryEvent } from '@aws-sdk/client-swf'
import { given, idOf } from './event.ts'

/** What the history tells the workflow; `id` is that of the activity's attempt or of the timer. */
export type Happening =
  | { readonly kind: 'started'; readonly input: string | undefined }
  | { readonly kind: 'completed'; readonly id: string; readonly result: string | undefined }
  | {
      readonly kind: 'failed'
      readonly id: string
      readonly reason: string | undefined
      readonly details: string | undefined
    }
  | { readonly kind: 'timedOut'; readonly id: string; readonly timeout: string; readonly details: string | undefined }
  | { readonly kind: 'canceled'; readonly id: string }
  | { readonly kind: 'refused'; readonly id: string; readonly cause: string }
  | { readonly kind: 'timerFired'; readonly id: string }
  | { readonly kind: 'timerRefused'; readonly id: string; readonly cause: string }
  | { readonly kind: 'signaled'; readonly name: string; readonly input: string | undefined }

/** Reads events in order; it remembers which attempt each scheduled event was, for later events name only that. */
export function createReader(): (event: HistoryEvent) => Happening | undefined {
  const attempts = new Map<number, string>()
  const attemptOf = (event: HistoryEvent, scheduledEventId: number | undefined): string =>
    given(event, attempts.get(given(event, scheduledEventId, 'scheduledEventId')), 'scheduledEventId of an activity')

  return (event) => {
    switch (event.eventType) {
      case 'WorkflowExecutionStarted':
        return { kind: 'started', input: event.workflowExecutionStartedEventAttributes?.input }
      case 'ActivityTaskScheduled':
        attempts.set(idOf(event), given(event, event.activityTaskScheduledEventAttributes?.activityId, 'activityId'))
        return undefined
      case 'ActivityTaskCompleted': {
        const { scheduledEventId, result } = event.activityTaskCompletedEventAttributes ?? {}
        return { kind: 'completed', id: attemptOf(event, scheduledEventId), result }
      }
      case 'ActivityTaskFailed': {
        const { scheduledEventId, reason, details } = event.activityTaskFailedEventAttributes ?? {}
        return { kind: 'failed', id: attemptOf(event, scheduledEventId), reason, details }
      }
      case 'ActivityTaskTimedOut': {
        const { scheduledEventId, timeoutType, details } = event.activityTaskTimedOutEventAttributes ?? {}
        const timeout = given(event, timeoutType, 'timeoutType')
        return { kind: 'timedOut', id: attemptOf(event, scheduledEventId), timeout, details }
      }
      case 'ActivityTaskCanceled':
        return { kind: 'canceled', id: attemptOf(event, event.activityTaskCanceledEventAttributes?.scheduledEventId) }
      case 'ScheduleActivityTaskFailed': {
        const { activityId, cause } = event.scheduleActivityTaskFailedEventAttributes ?? {}
        return { kind: 'refused', id: given(event, activityId, 'activityId'), cause: given(event, cause, 'cause') }
      }
      case 'TimerFired':
        return { kind: 'timerFired', id: given(event, event.timerFiredEventAttributes?.timerId, 'timerId') }
      case 'StartTimerFailed': {
        const { timerId, cause } = event.startTimerFailedEventAttributes ?? {}
        return { kind: 'timerRefused', id: given(event, timerId, 'timerId'), cause: given(event, cause, 'cause') }
      }
      case 'WorkflowExecutionSignaled': {
        const { signalName, input } = event.workflowExecutionSignaledEventAttributes ?? {}
        return { kind: 'signaled', name: given(event, signalName, 'signalName'), input }
      }
      default:
        return undefined
    }
  }
}
