import { Type } from 'typebox'
import { expect, test } from 'vitest'
import type { HistoryEvent } from '@aws-sdk/client-swf'
import { activity } from '../declare/activity.ts'
import { startReplaySession, decide } from './decide.ts'
import { workflow } from '../declare/workflow.ts'

const step = activity({
  name: 'Step',
  version: '1',
  input: Type.Object({ text: Type.String() }),
  output: Type.Object({ text: Type.String() }),
  timeouts: { startToClose: '1m' },
  retry: { maxAttempts: 3, initialInterval: '1s', backoffCoefficient: 2, maxInterval: '10s' },
})
const long = workflow(
  { name: 'Long', version: '1', input: Type.Void(), timeout: '1d', uses: { step } },
  async (ctx) => {
    for (let at = 0; ; at += 1) await ctx.step({ text: 'x'.repeat(500) }, { key: `${at}` })
  },
)

/** One step after the other, each with the six events of a decision and an activity. */
function historyOf(length: number): HistoryEvent[] {
  const events: HistoryEvent[] = []
  const eventTimestamp = new Date(0)
  const add = (event: Partial<HistoryEvent>) =>
    events.push({ eventType: undefined, ...event, eventId: events.length + 1, eventTimestamp })
  const started = { childPolicy: undefined, taskList: undefined, workflowType: undefined }
  add({ eventType: 'WorkflowExecutionStarted', workflowExecutionStartedEventAttributes: started })
  for (let at = 0; events.length < length - 6; at += 1) {
    add({ eventType: 'DecisionTaskScheduled' })
    const startedEventId = add({ eventType: 'DecisionTaskStarted' })
    const decisionTaskCompletedEventId = add({
      eventType: 'DecisionTaskCompleted',
      decisionTaskCompletedEventAttributes: { scheduledEventId: undefined, startedEventId },
    })
    const task = { activityType: undefined, activityId: `Step.${at}#1`, taskList: undefined }
    const scheduledEventId = add({
      eventType: 'ActivityTaskScheduled',
      activityTaskScheduledEventAttributes: { ...task, decisionTaskCompletedEventId },
    })
    add({ eventType: 'ActivityTaskStarted' })
    const result = JSON.stringify({ text: 'y'.repeat(500) })
    add({
      eventType: 'ActivityTaskCompleted',
      activityTaskCompletedEventAttributes: { scheduledEventId, startedEventId: undefined, result },
    })
  }
  add({ eventType: 'DecisionTaskStarted' })
  return events
}

test('a history of 20,000 events is decided in less than a second', async () => {
  const history = historyOf(20_000)
  expect(history.length).toBeGreaterThan(19_990)
  const times: number[] = []
  while (times.length < 5 && !(Math.min(...times) < 1_000)) {
    const before = performance.now()
    expect(await decide(long, history)).toHaveLength(1)
    times.push(performance.now() - before)
  }
  expect(Math.min(...times)).toBeLessThan(1_000)
})

test('a further decision of a replay session takes a few milliseconds, however long the history', async () => {
  const history = historyOf(20_000)
  let session = await startReplaySession(long, history.slice(0, 19_899))
  expect(history[session.lastEventId - 1]?.eventType).toBe('DecisionTaskStarted')
  const times: number[] = []
  while (session.lastEventId + 6 <= history.length) {
    const before = performance.now()
    const next = await session.advance(history.slice(session.lastEventId, session.lastEventId + 6))
    times.push(performance.now() - before)
    if (next === undefined) throw new Error('in doubt')
    expect(next.decisions).toHaveLength(1)
    session = next
  }
  expect(times.length).toBeGreaterThan(10)
  expect(Math.min(...times)).toBeLessThan(5)
})
