import type { HistoryEvent } from '@aws-sdk/client-swf'

/** A history of `endless` with about so many events: six for each decision and the activity that it asks for. */
export function historyOf(length: number): HistoryEvent[] {
  const events: HistoryEvent[] = []
  const add = (event: Partial<HistoryEvent>): number =>
    events.push({ eventType: undefined, ...event, eventId: events.length + 1, eventTimestamp: new Date(0) })
  add({
    eventType: 'WorkflowExecutionStarted',
    workflowExecutionStartedEventAttributes: { childPolicy: undefined, taskList: undefined, workflowType: undefined },
  })
  for (let at = 0; events.length < length - 6; at += 1) {
    add({ eventType: 'DecisionTaskScheduled' })
    const startedEventId = add({ eventType: 'DecisionTaskStarted' })
    const decisionTaskCompletedEventId = add({
      eventType: 'DecisionTaskCompleted',
      decisionTaskCompletedEventAttributes: { scheduledEventId: startedEventId - 1, startedEventId },
    })
    const activity = { activityType: undefined, activityId: `Nothing.${at}#1`, taskList: undefined }
    const scheduledEventId = add({
      eventType: 'ActivityTaskScheduled',
      activityTaskScheduledEventAttributes: { ...activity, decisionTaskCompletedEventId },
    })
    add({ eventType: 'ActivityTaskStarted' })
    add({
      eventType: 'ActivityTaskCompleted',
      activityTaskCompletedEventAttributes: {
        scheduledEventId,
        startedEventId: scheduledEventId + 1,
        result: JSON.stringify({ text: 'y'.repeat(500) }),
      },
    })
  }
  add({ eventType: 'DecisionTaskStarted' })
  return events
}
