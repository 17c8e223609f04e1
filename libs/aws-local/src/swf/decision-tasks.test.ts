import { expect, test } from 'vitest'
import {
  complete,
  deciding,
  domain,
  errorOf,
  marker,
  schedule,
  settled,
  startSwf,
  swfClient,
  timer,
} from '../testing/internal/swf-client.ts'

/** Scheduling and handing out of decision tasks, and the events that a decider sees. */

test('a start schedules one decision task; further changes add none until it is started', async () => {
  const { swf, start, types } = await startSwf()
  const run = await start('article-00353')
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'first' })
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'second' })
  expect(await types(run)).toEqual([
    'WorkflowExecutionStarted',
    'DecisionTaskScheduled',
    'WorkflowExecutionSignaled',
    'WorkflowExecutionSignaled',
  ])
})

test('a change during a decision is followed by its decision task at once, which is handed out after the decision', async () => {
  const { swf, clock, start, types, decisionTask } = await startSwf()
  const run = await start('article-00353')
  const first = await decisionTask()
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'hurry' })
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'more' })
  let second: Awaited<ReturnType<typeof decisionTask>> | undefined
  const polling = decisionTask().then((task) => (second = task))
  expect(await types(run)).toEqual([
    'WorkflowExecutionStarted',
    'DecisionTaskScheduled',
    'DecisionTaskStarted',
    'WorkflowExecutionSignaled',
    'DecisionTaskScheduled',
    'WorkflowExecutionSignaled',
  ])
  expect(second).toBeUndefined()
  clock.advance(20)
  await swf.respondDecisionTaskCompleted({ taskToken: first.taskToken })
  expect(await polling).toMatchObject({ startedEventId: 8, previousStartedEventId: 3, workflowExecution: run })
  expect((await types(run)).slice(6)).toEqual(['DecisionTaskCompleted', 'DecisionTaskStarted'])
})

test('an empty decision leaves the execution idle', async () => {
  const { decide, start, types, swf } = await startSwf()
  const run = await start('article-00353')
  await decide()
  expect((await types(run)).at(-1)).toBe('DecisionTaskCompleted')
  const { openCounts } = await swf.describeWorkflowExecution({ domain, execution: run })
  expect(openCounts?.openDecisionTasks).toBe(0)
})

test('events that only start something schedule no decision task', async () => {
  const { decide, start, types } = await startSwf()
  const run = await start('article-00353')
  await decide(schedule('expand'), timer('later', '10'), marker('noted'))
  expect((await types(run)).slice(3)).toEqual([
    'DecisionTaskCompleted',
    'ActivityTaskScheduled',
    'TimerStarted',
    'MarkerRecorded',
  ])
})

test('the events of one response have the same time', async () => {
  const { clock, decide, start, history } = await startSwf()
  const run = await start('article-00353')
  clock.advance(5000)
  await decide(marker('one'), marker('two'))
  const times = (await history(run)).slice(3).map(({ eventTimestamp }) => eventTimestamp?.getTime())
  expect(new Set(times)).toEqual(new Set([clock.now()]))
})

test('a decision that takes too long times out, and another decider gets a new task', async () => {
  const { swf, clock, start, types, decisionTask } = await startSwf()
  const run = await start('article-00353')
  const slow = await decisionTask()
  clock.advance(60_000)
  const again = await decisionTask()
  expect(await types(run)).toEqual([
    'WorkflowExecutionStarted',
    'DecisionTaskScheduled',
    'DecisionTaskStarted',
    'DecisionTaskTimedOut',
    'DecisionTaskScheduled',
    'DecisionTaskStarted',
  ])
  expect(again.previousStartedEventId).toBe(0)
  expect(await errorOf(swf.respondDecisionTaskCompleted({ taskToken: slow.taskToken }))).toEqual({
    name: 'UnknownResourceFault',
    message: 'Unknown decision task, scheduledEventId = 2',
  })
})

test('a task that waited during a decision that timed out is handed out, and no further one is scheduled', async () => {
  const { swf, clock, start, types, decisionTask } = await startSwf()
  const run = await start('article-00353')
  await decisionTask()
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'hurry' })
  clock.advance(60_000)
  await decisionTask()
  expect((await types(run)).slice(3)).toEqual([
    'WorkflowExecutionSignaled',
    'DecisionTaskScheduled',
    'DecisionTaskTimedOut',
    'DecisionTaskStarted',
  ])
})

test('closing despite an unseen event is refused, and the decider gets it in its next task', async () => {
  const { swf, start, types, decisionTask } = await startSwf()
  const run = await start('article-00353')
  const { taskToken } = await decisionTask()
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'wait' })
  await swf.respondDecisionTaskCompleted({ taskToken, decisions: [marker('kept'), complete] })
  const next = await decisionTask()
  expect((await types(run)).slice(3)).toEqual([
    'WorkflowExecutionSignaled',
    'DecisionTaskScheduled',
    'DecisionTaskCompleted',
    'MarkerRecorded',
    'CompleteWorkflowExecutionFailed',
    'DecisionTaskStarted',
  ])
  expect(next.events?.[7]?.completeWorkflowExecutionFailedEventAttributes).toEqual({
    cause: 'UNHANDLED_DECISION',
    decisionTaskCompletedEventId: 6,
  })
})

test('the waiting task with the highest priority goes first, among equals the oldest', async () => {
  const { start, decisionTask } = await startSwf()
  await start('plain')
  await start('also plain')
  await start('late', { taskPriority: '-1' })
  await start('urgent', { taskPriority: '10' })
  const order = []
  for (let i = 0; i < 4; i++) order.push((await decisionTask()).workflowExecution?.workflowId)
  expect(order).toEqual(['urgent', 'plain', 'also plain', 'late'])
})

test('a poll without a task is held until its timeout', async () => {
  const { clock, swf, decisionTask } = await startSwf()
  const polling = decisionTask()
  await settled(swf)
  clock.advance(55_000)
  const { $metadata: _, ...task } = await polling
  expect(task).toEqual({ startedEventId: 0, previousStartedEventId: 0 })
})

test('a server that closes releases held polls', async () => {
  const { aws, swf, decisionTask } = await startSwf()
  const polling = errorOf(decisionTask())
  await settled(swf)
  await aws.close()
  expect((await polling).message).toMatch(/socket hang up|ECONNRESET/)
})

test('a poller that has disconnected gets no task', async () => {
  const { aws, swf, start, decisionTask } = await startSwf()
  const gone = new AbortController()
  const lost = fetch(aws.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'SimpleWorkflowService.PollForDecisionTask', authorization: 'any' },
    body: JSON.stringify({ domain, taskList: { name: 'decisions' } }),
    signal: gone.signal,
  }).catch(() => 'gone')
  await settled(swf)
  gone.abort()
  await lost
  await settled(swf)
  const run = await start('article-00353')
  expect((await decisionTask()).workflowExecution).toEqual(run)
})

test('each task goes to one of the pollers that wait', async () => {
  const { swf, aws, start } = await startSwf()
  const pollers = [1, 2, 3].map(() => deciding(swfClient(aws.url)).decisionTask())
  await settled(swf)
  for (const id of ['a', 'b', 'c']) await start(id)
  const tasks = await Promise.all(pollers)
  expect(new Set(tasks.map((task) => task.workflowExecution?.workflowId))).toEqual(new Set(['a', 'b', 'c']))
})

test('pages of a task belong to the same task', async () => {
  const { swf, decide, start, types } = await startSwf()
  const run = await start('article-00353')
  await decide(...['a', 'b', 'c', 'd'].map(marker))
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'again' })
  const poll = { domain, taskList: { name: 'decisions' }, maximumPageSize: 4 }
  const first = await swf.pollForDecisionTask(poll)
  // What happens once the task is with its decider is none of its pages' matter.
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'too late' })
  const second = await swf.pollForDecisionTask({ ...poll, nextPageToken: first.nextPageToken })
  const third = await swf.pollForDecisionTask({ ...poll, nextPageToken: second.nextPageToken })
  const pages = [first, second, third]
  expect(pages.map(({ events }) => events?.map(({ eventId }) => eventId))).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10, 11],
  ])
  for (const page of pages)
    expect(page).toMatchObject({ taskToken: first.taskToken, startedEventId: 11, previousStartedEventId: 3 })
  expect(third.nextPageToken).toBeUndefined()
  expect((await types(run)).filter((type) => type === 'DecisionTaskStarted')).toHaveLength(2)
})

test('pages with the newest first go from the end to the beginning', async () => {
  const { swf, decide, start } = await startSwf()
  const run = await start('article-00353')
  await decide(...['a', 'b', 'c', 'd'].map(marker))
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'again' })
  const poll = { domain, taskList: { name: 'decisions' }, maximumPageSize: 6, reverseOrder: true }
  const first = await swf.pollForDecisionTask(poll)
  const second = await swf.pollForDecisionTask({ ...poll, nextPageToken: first.nextPageToken })
  const ids = [first, second].map(({ events }) => events?.map(({ eventId }) => eventId))
  expect(ids).toEqual([
    [11, 10, 9, 8, 7, 6],
    [5, 4, 3, 2, 1],
  ])
})

test('a decider may ask for the events since its last decision only', async () => {
  const { swf, decide, start } = await startSwf()
  const run = await start('article-00353')
  await decide(marker('a'))
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'again' })
  const task = await swf.pollForDecisionTask({
    domain,
    taskList: { name: 'decisions' },
    startAtPreviousStartedEvent: true,
  })
  expect(task.events?.map(({ eventId }) => eventId)).toEqual([3, 4, 5, 6, 7, 8])
})

test('page tokens are valid for their task, and for one day', async () => {
  const { swf, clock, start } = await startSwf()
  const run = await start('article-00353')
  const poll = { domain, taskList: { name: 'decisions' }, maximumPageSize: 2 }
  const { nextPageToken } = await swf.pollForDecisionTask(poll)
  const other = swf.getWorkflowExecutionHistory({ domain, execution: run, nextPageToken })
  expect(await errorOf(other)).toEqual({ name: 'ValidationException', message: 'Invalid token' })
  clock.advance(24 * 3600 * 1000 + 1)
  expect(await errorOf(swf.pollForDecisionTask({ ...poll, nextPageToken }))).toEqual({
    name: 'ValidationException',
    message: 'Specified token has exceeded its maximum lifetime',
  })
})

test('the context of the last decision is in the description', async () => {
  const { swf, start, decisionTask } = await startSwf()
  const run = await start('article-00353')
  const { taskToken } = await decisionTask()
  await swf.respondDecisionTaskCompleted({ taskToken, executionContext: 'step 1' })
  const { latestExecutionContext } = await swf.describeWorkflowExecution({ domain, execution: run })
  expect(latestExecutionContext).toBe('step 1')
})

test('a decider may have later tasks in a list of its own, until one is not taken in time', async () => {
  const { swf, clock, start, history, decisionTask } = await startSwf()
  const run = await start('article-00353')
  const { taskToken } = await decisionTask()
  await swf.respondDecisionTaskCompleted({
    taskToken,
    taskList: { name: 'mine' },
    taskListScheduleToStartTimeout: '10',
  })
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'again' })
  clock.advance(10_000)
  expect((await decisionTask()).workflowExecution).toEqual(run)
  const events = await history(run)
  expect(events.slice(5).map(({ eventType }) => eventType)).toEqual([
    'DecisionTaskScheduled',
    'DecisionTaskTimedOut',
    'DecisionTaskScheduled',
    'DecisionTaskStarted',
  ])
  expect(events[5]?.decisionTaskScheduledEventAttributes).toMatchObject({
    taskList: { name: 'mine' },
    scheduleToStartTimeout: '10',
  })
  expect(events[6]?.decisionTaskTimedOutEventAttributes).toEqual({
    timeoutType: 'SCHEDULE_TO_START',
    scheduledEventId: 6,
    startedEventId: 0,
  })
  expect(events[7]?.decisionTaskScheduledEventAttributes).toMatchObject({ taskList: { name: 'decisions' } })
})
