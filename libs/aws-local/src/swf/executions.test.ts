import { expect, test } from 'vitest'
import { complete, domain, errorOf, schedule, startSwf, timer, workflowType } from '../testing/internal/swf-client.ts'

/** Starting, signalling, cancelling, terminating, timing out and describing executions, and their history events. */

test('a start writes its resolved values, and its decision task at the same time', async () => {
  const { start, history, clock } = await startSwf()
  const run = await start('article-00353', { input: '', tagList: ['elife', 'poa'], taskPriority: '3' })
  const [started, scheduled] = await history(run)
  const eventTimestamp = new Date(clock.now())
  expect(started).toEqual({
    eventId: 1,
    eventType: 'WorkflowExecutionStarted',
    eventTimestamp,
    workflowExecutionStartedEventAttributes: {
      workflowType,
      taskList: { name: 'decisions' },
      taskPriority: '3',
      childPolicy: 'TERMINATE',
      executionStartToCloseTimeout: '3600',
      taskStartToCloseTimeout: '60',
      tagList: ['elife', 'poa'],
      input: '',
      parentInitiatedEventId: 0,
    },
  })
  expect(scheduled).toEqual({
    eventId: 2,
    eventType: 'DecisionTaskScheduled',
    eventTimestamp,
    decisionTaskScheduledEventAttributes: {
      taskList: { name: 'decisions' },
      taskPriority: '3',
      startToCloseTimeout: '60',
      scheduleToStartTimeout: 'NONE',
    },
  })
  expect(run.runId).toMatch(/^22[\w+/]{43}=$/)
})

test('one execution of a workflow id is open at a time; after its close the id is free', async () => {
  const { swf, start } = await startSwf()
  const first = await start('article-00353')
  expect(await errorOf(start('article-00353'))).toEqual({
    name: 'WorkflowExecutionAlreadyStartedFault',
    message: 'Already Started',
  })
  await swf.terminateWorkflowExecution({ domain, workflowId: 'article-00353' })
  expect((await start('article-00353')).runId).not.toBe(first.runId)
})

test('a start reports an unknown or deprecated domain or type, or a value without default', async () => {
  const { swf, start } = await startSwf()
  const bare = { name: 'Bare', version: '1' }
  await swf.registerWorkflowType({ domain, ...bare })
  const startBare = (more: object) => errorOf(start('bare', { workflowType: bare, ...more }))
  const missing = { name: 'DefaultUndefinedFault' }
  expect(await startBare({})).toMatchObject({ ...missing, message: 'executionStartToCloseTimeout' })
  const timeout = { executionStartToCloseTimeout: '60' }
  expect(await startBare(timeout)).toMatchObject({ ...missing, message: 'taskList' })
  const list = { ...timeout, taskList: { name: 'd' } }
  expect(await startBare(list)).toMatchObject({ ...missing, message: 'taskStartToCloseTimeout' })
  expect(await startBare({ ...list, taskStartToCloseTimeout: '60' })).toMatchObject({
    ...missing,
    message: 'childPolicy',
  })

  expect(await errorOf(start('a', { domain: 'Nowhere' }))).toEqual({
    name: 'UnknownResourceFault',
    message: 'Unknown domain: Nowhere',
  })
  expect(await errorOf(start('a', { workflowType: { name: 'None', version: '7' } }))).toEqual({
    name: 'UnknownResourceFault',
    message: 'Unknown type: WorkflowType=[name=None, version=7]',
  })
  await swf.deprecateWorkflowType({ domain, workflowType })
  expect(await errorOf(start('a'))).toEqual({
    name: 'TypeDeprecatedFault',
    message: 'WorkflowType=[name=PublishArticle, version=1]',
  })
  await swf.deprecateDomain({ name: domain })
  expect(await errorOf(start('a'))).toEqual({ name: 'DomainDeprecatedFault', message: domain })
})

test('signals need no input, and reach the open run or the run that is named', async () => {
  const { swf, start, history } = await startSwf()
  const run = await start('article-00353')
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'bare' })
  await swf.signalWorkflowExecution({ domain, ...run, signalName: 'full', input: 'yes' })
  const signals = (await history(run)).slice(2).map((event) => event.workflowExecutionSignaledEventAttributes)
  expect(signals).toEqual([
    { signalName: 'bare', externalInitiatedEventId: 0 },
    { signalName: 'full', input: 'yes', externalInitiatedEventId: 0 },
  ])
})

test('a closed or unknown execution cannot be signalled, cancelled or terminated', async () => {
  const { swf, start, decide } = await startSwf()
  const run = await start('article-00353')
  await decide(complete)
  const byId = { name: 'UnknownResourceFault', message: 'Unknown execution, workflowId = article-00353' }
  const byRun = {
    name: 'UnknownResourceFault',
    message: `Unknown execution: WorkflowExecution=[workflowId=article-00353, runId=${run.runId}]`,
  }
  const { workflowId } = run
  expect(await errorOf(swf.signalWorkflowExecution({ domain, workflowId, signalName: 's' }))).toEqual(byId)
  expect(await errorOf(swf.requestCancelWorkflowExecution({ domain, workflowId }))).toEqual(byId)
  expect(await errorOf(swf.terminateWorkflowExecution({ domain, workflowId }))).toEqual(byId)
  expect(await errorOf(swf.terminateWorkflowExecution({ domain, ...run }))).toEqual(byRun)
  expect(
    await errorOf(swf.describeWorkflowExecution({ domain, execution: { workflowId, runId: 'none' } })),
  ).toMatchObject({
    name: 'UnknownResourceFault',
  })
})

test('a cancel request asks the decider, may be repeated, and shows while the execution is open', async () => {
  const { swf, start, history, decide } = await startSwf()
  const run = await start('article-00353')
  const asked = async () =>
    (await swf.describeWorkflowExecution({ domain, execution: run })).executionInfo?.cancelRequested
  expect(await asked()).toBe(false)
  await decide()
  await swf.requestCancelWorkflowExecution({ domain, workflowId: run.workflowId })
  await swf.requestCancelWorkflowExecution({ domain, ...run })
  expect(await asked()).toBe(true)
  expect((await history(run)).slice(4).map((event) => event.eventType)).toEqual([
    'WorkflowExecutionCancelRequested',
    'DecisionTaskScheduled',
    'WorkflowExecutionCancelRequested',
  ])
  await decide({ decisionType: 'CancelWorkflowExecution' })
  expect(await asked()).toBe(false)
})

test('termination closes at once, with its reason and the child policy it was given', async () => {
  const { swf, start, history, decide, clock } = await startSwf()
  const run = await start('article-00353')
  await decide(schedule('expand'), timer('later', '60'))
  clock.advance(1000)
  await swf.terminateWorkflowExecution({ domain, workflowId: run.workflowId, reason: 'wrong file', details: 'v2 came' })
  expect((await history(run)).at(-1)?.workflowExecutionTerminatedEventAttributes).toEqual({
    childPolicy: 'TERMINATE',
    reason: 'wrong file',
    details: 'v2 came',
    cause: 'OPERATOR_INITIATED',
  })
  const description = await swf.describeWorkflowExecution({ domain, execution: run })
  expect(description.executionInfo).toMatchObject({
    executionStatus: 'CLOSED',
    closeStatus: 'TERMINATED',
    closeTimestamp: new Date(clock.now()),
  })
  expect(description.openCounts).toMatchObject({ openActivityTasks: 1, openDecisionTasks: 0 })
})

test('an execution that lasts too long is closed at its due time, and nothing happens in it afterwards', async () => {
  const { swf, start, history, decide, clock } = await startSwf()
  const run = await start('article-00353')
  const due = clock.now() + 3_600_000
  await decide(
    timer('beyond', '7200'),
    schedule('expand', { scheduleToStartTimeout: 'NONE', scheduleToCloseTimeout: 'NONE' }),
  )
  clock.advance(10_000_000)
  const last = (await history(run)).at(-1)
  expect(last).toMatchObject({
    eventId: 7,
    eventTimestamp: new Date(due),
    workflowExecutionTimedOutEventAttributes: { timeoutType: 'START_TO_CLOSE', childPolicy: 'TERMINATE' },
  })
  const { executionInfo } = await swf.describeWorkflowExecution({ domain, execution: run })
  expect(executionInfo).toMatchObject({ closeStatus: 'TIMED_OUT', closeTimestamp: new Date(due) })
})

test('a description has configuration, counts and times, and omits unset values', async () => {
  const { swf, start, decide, clock } = await startSwf()
  const startTimestamp = new Date(clock.now())
  const run = await start('article-00353', { tagList: ['elife'] })
  await decide(schedule('expand'), timer('later', '60'))
  const { $metadata: _, ...description } = await swf.describeWorkflowExecution({ domain, execution: run })
  expect(description).toEqual({
    executionInfo: {
      execution: run,
      workflowType,
      startTimestamp,
      executionStatus: 'OPEN',
      tagList: ['elife'],
      cancelRequested: false,
    },
    executionConfiguration: {
      taskList: { name: 'decisions' },
      childPolicy: 'TERMINATE',
      executionStartToCloseTimeout: '3600',
      taskStartToCloseTimeout: '60',
    },
    openCounts: {
      openActivityTasks: 1,
      openDecisionTasks: 0,
      openTimers: 1,
      openChildWorkflowExecutions: 0,
      openLambdaFunctions: 0,
    },
  })
})

test('a history is read in pages, oldest or newest first', async () => {
  const { swf, start, decide } = await startSwf()
  const run = await start('article-00353')
  await decide(schedule('a'), schedule('b'), schedule('c'))
  const ids = async (reverseOrder: boolean) => {
    const pages = []
    let nextPageToken: string | undefined
    do {
      const page = await swf.getWorkflowExecutionHistory({
        domain,
        execution: run,
        maximumPageSize: 3,
        reverseOrder,
        ...(nextPageToken === undefined ? {} : { nextPageToken }),
      })
      pages.push(page.events?.map(({ eventId }) => eventId))
      nextPageToken = page.nextPageToken
    } while (nextPageToken !== undefined)
    return pages
  }
  expect(await ids(false)).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  expect(await ids(true)).toEqual([[7, 6, 5], [4, 3, 2], [1]])
})

test('the close ends timers and pending tasks silently', async () => {
  const { swf, start, decide, clock, types } = await startSwf()
  const run = await start('article-00353')
  await decide(schedule('expand'), timer('later', '60'))
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 'enough' })
  await decide(complete)
  clock.advance(10_000_000)
  expect((await types(run)).at(-1)).toBe('WorkflowExecutionCompleted')
})

test('closing with open activities, timers and children is allowed; the description still counts them', async () => {
  const { swf, start, decide } = await startSwf()
  const run = await start('article-00353', { childPolicy: 'ABANDON' })
  const child = { workflowId: 'child', workflowType, taskList: { name: 'elsewhere' } }
  await decide(schedule('expand'), timer('later', '60'), {
    decisionType: 'StartChildWorkflowExecution',
    startChildWorkflowExecutionDecisionAttributes: child,
  })
  await decide(complete)
  const { executionInfo, openCounts } = await swf.describeWorkflowExecution({ domain, execution: run })
  expect(executionInfo?.closeStatus).toBe('COMPLETED')
  expect(openCounts).toMatchObject({ openActivityTasks: 1, openTimers: 1, openChildWorkflowExecutions: 1 })
})

test('NONE is no limit', async () => {
  const { clock, start, decide, decisionTask, types, swf } = await startSwf()
  const run = await start('article-00353', {
    taskStartToCloseTimeout: 'NONE',
    executionStartToCloseTimeout: '31622400',
  })
  const none = { scheduleToStartTimeout: 'NONE', scheduleToCloseTimeout: 'NONE' }
  await decide(schedule('expand', none))
  await swf.signalWorkflowExecution({ domain, workflowId: run.workflowId, signalName: 's' })
  await decisionTask()
  clock.advance(300 * 24 * 3600 * 1000)
  expect((await types(run)).at(-1)).toBe('DecisionTaskStarted')
})
