import { expect, test } from 'vitest'
import { activityType, domain, errorOf, schedule, startSwf } from '../testing/internal/swf-client.ts'

/** Activity tasks from scheduling to close: answers, the four timeouts, heartbeats, cancellation. */

/** An execution with one activity, its task with a worker if `taken`. */
async function withActivity(more: object = {}) {
  const harness = await startSwf()
  const run = await harness.start('article-00353')
  await harness.decide(schedule('expand', more))
  const attributesOf = async (type: string): Promise<unknown> => {
    const event = (await harness.history(run)).findLast(({ eventType }) => eventType === type)
    return Object.entries(event ?? {}).find(([name]) => name.endsWith('EventAttributes'))?.[1]
  }
  return { ...harness, run, attributesOf }
}

test('a worker gets the task with its input, and its response schedules a decision task', async () => {
  const { swf, run, activityTask, types } = await withActivity({ input: 'elife-00353-vor-r1.zip' })
  const { taskToken, $metadata: _, ...task } = await activityTask()
  expect(task).toEqual({
    activityId: 'expand',
    activityType,
    input: 'elife-00353-vor-r1.zip',
    startedEventId: 6,
    workflowExecution: run,
  })
  await swf.respondActivityTaskCompleted({ taskToken, result: 'expanded' })
  expect((await types(run)).slice(5)).toEqual(['ActivityTaskStarted', 'ActivityTaskCompleted', 'DecisionTaskScheduled'])
})

test('an answer without result, reason or details leaves them out; an empty one keeps it', async () => {
  const { swf, activityTask, attributesOf, decide } = await withActivity()
  const { taskToken } = await activityTask()
  await swf.respondActivityTaskFailed({ taskToken })
  expect(await attributesOf('ActivityTaskFailed')).toEqual({ scheduledEventId: 5, startedEventId: 6 })
  await decide(schedule('expand'))
  await swf.respondActivityTaskCompleted({ taskToken: (await activityTask()).taskToken, result: '' })
  expect(await attributesOf('ActivityTaskCompleted')).toMatchObject({ result: '' })
})

test('the id of a closed activity may be used again', async () => {
  const { swf, run, activityTask, decide, types } = await withActivity()
  await swf.respondActivityTaskCompleted({ taskToken: (await activityTask()).taskToken })
  await decide(schedule('expand'))
  expect((await types(run)).at(-1)).toBe('ActivityTaskScheduled')
})

const timeouts = {
  scheduleToStartTimeout: 'NONE',
  scheduleToCloseTimeout: 'NONE',
  startToCloseTimeout: 'NONE',
  heartbeatTimeout: 'NONE',
}

test('a task that no worker takes in time ends as SCHEDULE_TO_START', async () => {
  const { clock, attributesOf, run, history } = await withActivity({ ...timeouts, scheduleToStartTimeout: '10' })
  const due = clock.now() + 10_000
  clock.advance(60_000)
  expect(await attributesOf('ActivityTaskTimedOut')).toEqual({
    timeoutType: 'SCHEDULE_TO_START',
    scheduledEventId: 5,
    startedEventId: 0,
  })
  const [timedOut, scheduled] = (await history(run)).slice(5)
  expect(timedOut?.eventTimestamp?.getTime()).toBe(due)
  expect(scheduled).toMatchObject({ eventType: 'DecisionTaskScheduled', eventTimestamp: new Date(due) })
})

test('work that takes too long ends as START_TO_CLOSE, whatever the heartbeats', async () => {
  const { swf, clock, activityTask, attributesOf } = await withActivity({ ...timeouts, startToCloseTimeout: '30' })
  clock.advance(5000)
  const { taskToken } = await activityTask()
  clock.advance(29_000)
  await swf.recordActivityTaskHeartbeat({ taskToken, details: 'figure 3' })
  clock.advance(1000)
  expect(await attributesOf('ActivityTaskTimedOut')).toEqual({
    timeoutType: 'START_TO_CLOSE',
    scheduledEventId: 5,
    startedEventId: 6,
    details: 'figure 3',
  })
})

test('waiting and work together are bounded by SCHEDULE_TO_CLOSE', async () => {
  const { clock, activityTask, attributesOf } = await withActivity({ ...timeouts, scheduleToCloseTimeout: '30' })
  clock.advance(20_000)
  await activityTask()
  clock.advance(10_000)
  expect(await attributesOf('ActivityTaskTimedOut')).toMatchObject({
    timeoutType: 'SCHEDULE_TO_CLOSE',
    startedEventId: 6,
  })
})

test('a worker without heartbeats ends as HEARTBEAT, counted from the last one', async () => {
  const { swf, clock, activityTask, attributesOf, types, run } = await withActivity({
    ...timeouts,
    heartbeatTimeout: '10',
  })
  const { taskToken } = await activityTask()
  for (let i = 0; i < 5; i++) {
    clock.advance(9000)
    await swf.recordActivityTaskHeartbeat({ taskToken, details: `figure ${i}` })
  }
  expect((await types(run)).at(-1)).toBe('ActivityTaskStarted')
  clock.advance(10_000)
  expect(await attributesOf('ActivityTaskTimedOut')).toMatchObject({ timeoutType: 'HEARTBEAT', details: 'figure 4' })
})

test('the timeout that is due first wins', async () => {
  const { clock, activityTask, attributesOf } = await withActivity({
    scheduleToStartTimeout: '10',
    scheduleToCloseTimeout: '40',
    startToCloseTimeout: '30',
    heartbeatTimeout: '50',
  })
  clock.advance(9000)
  await activityTask()
  clock.advance(3600)
  expect(await attributesOf('ActivityTaskTimedOut')).toBeUndefined()
  clock.advance(30_000)
  expect(await attributesOf('ActivityTaskTimedOut')).toMatchObject({ timeoutType: 'START_TO_CLOSE' })
})

test('an answer after the timeout is refused', async () => {
  const { swf, clock, activityTask } = await withActivity()
  const { taskToken } = await activityTask()
  clock.advance(300_000)
  const unknown = { name: 'UnknownResourceFault', message: 'Unknown activity, scheduledEventId = 5' }
  expect(await errorOf(swf.respondActivityTaskCompleted({ taskToken }))).toEqual(unknown)
  expect(await errorOf(swf.respondActivityTaskFailed({ taskToken }))).toEqual(unknown)
  expect(await errorOf(swf.respondActivityTaskCanceled({ taskToken }))).toEqual(unknown)
  expect(await errorOf(swf.recordActivityTaskHeartbeat({ taskToken }))).toEqual(unknown)
})

test('a response after the close of the execution is refused, and its tasks are not handed out', async () => {
  const { swf, activityTask, decide, run, start } = await withActivity()
  const { taskToken } = await activityTask()
  await swf.terminateWorkflowExecution({ domain, workflowId: run.workflowId })
  expect(await errorOf(swf.respondActivityTaskCompleted({ taskToken }))).toEqual({
    name: 'UnknownResourceFault',
    message: `Unknown execution: WorkflowExecution=[workflowId=${run.workflowId}, runId=${run.runId}]`,
  })
  const other = await start('article-00777')
  await decide(schedule('expand'))
  await swf.terminateWorkflowExecution({ domain, workflowId: other.workflowId })
  expect(await swf.countPendingActivityTasks({ domain, taskList: { name: 'activities' } })).toMatchObject({ count: 0 })
})

test('a token that never was is a ValidationException', async () => {
  const { swf } = await startSwf()
  const invalid = { name: 'ValidationException', message: 'Invalid token' }
  expect(await errorOf(swf.respondActivityTaskCompleted({ taskToken: 'nonsense' }))).toEqual(invalid)
  expect(await errorOf(swf.respondDecisionTaskCompleted({ taskToken: 'bm9uc2Vuc2U' }))).toEqual(invalid)
})

test('a worker hears of a cancel request with its heartbeat, and its answer names the request', async () => {
  const { swf, activityTask, attributesOf, decide, run, types } = await withActivity()
  const { taskToken } = await activityTask()
  expect(await swf.recordActivityTaskHeartbeat({ taskToken })).toMatchObject({ cancelRequested: false })
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'stop' })
  await decide({
    decisionType: 'RequestCancelActivityTask',
    requestCancelActivityTaskDecisionAttributes: { activityId: 'expand' },
  })
  expect((await types(run)).at(-1)).toBe('ActivityTaskCancelRequested')
  expect(await swf.recordActivityTaskHeartbeat({ taskToken })).toMatchObject({ cancelRequested: true })
  await swf.respondActivityTaskCanceled({ taskToken, details: 'left off' })
  expect(await attributesOf('ActivityTaskCanceled')).toEqual({
    scheduledEventId: 5,
    startedEventId: 6,
    details: 'left off',
    latestCancelRequestedEventId: 11,
  })
})

test('the description says when an activity last started or closed', async () => {
  const { swf, clock, activityTask, run } = await withActivity()
  const latest = async () =>
    (await swf.describeWorkflowExecution({ domain, execution: run })).latestActivityTaskTimestamp
  expect(await latest()).toBeUndefined()
  clock.advance(1000)
  const { taskToken } = await activityTask()
  expect((await latest())?.getTime()).toBe(clock.now())
  clock.advance(1000)
  await swf.respondActivityTaskCompleted({ taskToken })
  expect((await latest())?.getTime()).toBe(clock.now())
})

test('the effective task list and timeouts are in the history, from the decision or else from the type', async () => {
  const { attributesOf } = await withActivity({
    taskList: { name: 'images' },
    heartbeatTimeout: 'NONE',
    taskPriority: '7',
  })
  expect(await attributesOf('ActivityTaskScheduled')).toEqual({
    activityType,
    activityId: 'expand',
    decisionTaskCompletedEventId: 4,
    taskList: { name: 'images' },
    taskPriority: '7',
    scheduleToStartTimeout: '100',
    scheduleToCloseTimeout: '500',
    startToCloseTimeout: '300',
    heartbeatTimeout: 'NONE',
  })
})
