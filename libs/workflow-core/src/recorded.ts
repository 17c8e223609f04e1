import type { HistoryEvent } from '@aws-sdk/client-swf'
import { commandName } from './command.ts'
import { given } from './event.ts'

/** The decision that an event records, and what it asked for, done or refused alike. */
export function recordedAs(event: HistoryEvent): { decision: number; name: string } | undefined {
  switch (event.eventType) {
    case 'ActivityTaskScheduled': {
      const { activityId, decisionTaskCompletedEventId } = event.activityTaskScheduledEventAttributes ?? {}
      return by(event, decisionTaskCompletedEventId, commandName.activity(given(event, activityId, 'activityId')))
    }
    case 'ScheduleActivityTaskFailed': {
      const { activityId, decisionTaskCompletedEventId } = event.scheduleActivityTaskFailedEventAttributes ?? {}
      return by(event, decisionTaskCompletedEventId, commandName.activity(given(event, activityId, 'activityId')))
    }
    case 'TimerStarted': {
      const { timerId, decisionTaskCompletedEventId } = event.timerStartedEventAttributes ?? {}
      return by(event, decisionTaskCompletedEventId, commandName.timer(given(event, timerId, 'timerId')))
    }
    case 'StartTimerFailed': {
      const { timerId, decisionTaskCompletedEventId } = event.startTimerFailedEventAttributes ?? {}
      return by(event, decisionTaskCompletedEventId, commandName.timer(given(event, timerId, 'timerId')))
    }
    case 'WorkflowExecutionCompleted':
      return by(event, event.workflowExecutionCompletedEventAttributes?.decisionTaskCompletedEventId, 'completion')
    case 'CompleteWorkflowExecutionFailed':
      return by(event, event.completeWorkflowExecutionFailedEventAttributes?.decisionTaskCompletedEventId, 'completion')
    case 'WorkflowExecutionFailed':
      return by(event, event.workflowExecutionFailedEventAttributes?.decisionTaskCompletedEventId, 'failure')
    case 'FailWorkflowExecutionFailed':
      return by(event, event.failWorkflowExecutionFailedEventAttributes?.decisionTaskCompletedEventId, 'failure')
    default:
      return undefined
  }
}

function by(event: HistoryEvent, decision: number | undefined, name: string): { decision: number; name: string } {
  return { decision: given(event, decision, 'decisionTaskCompletedEventId'), name }
}
