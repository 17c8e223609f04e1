import type { Decision } from '@aws-sdk/client-swf'
import { expect, test } from 'vitest'
import { complete, domain, startSwf, workflowType } from '../testing/internal/swf-client.ts'

/** Executions that start, end, signal and cancel each other, and runs that continue others. */

const startChild = (workflowId: string, more: object = {}): Decision => ({
  decisionType: 'StartChildWorkflowExecution',
  startChildWorkflowExecutionDecisionAttributes: {
    workflowId,
    workflowType,
    taskList: { name: 'children' },
    ...more,
  },
})
const fail: Decision = {
  decisionType: 'FailWorkflowExecution',
  failWorkflowExecutionDecisionAttributes: { reason: 'r', details: 'd' },
}

/** A parent with one child that is open, and its child's run. */
async function withChild(more: object = {}, startOptions: object = {}) {
  const harness = await startSwf()
  const { swf, start, decide, history, decisionTask } = harness
  const parent = await start('parent', startOptions)
  await decide(startChild('child', more))
  const started = (await history(parent)).find((event) => event.eventType === 'ChildWorkflowExecutionStarted')
  const runId = started?.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.runId ?? ''
  const child = { workflowId: 'child', runId }
  async function decideInChild(...decisions: Decision[]) {
    const { taskToken } = await decisionTask('children')
    await swf.respondDecisionTaskCompleted({ taskToken, decisions })
  }
  return { ...harness, parent, child, decideInChild }
}

test('parent and child know each other', async () => {
  const { parent, child, history } = await withChild({ input: 'i', control: 'c', tagList: ['t'] })
  const events = await history(parent)
  expect(events[4]?.startChildWorkflowExecutionInitiatedEventAttributes).toEqual({
    workflowId: 'child',
    workflowType,
    taskList: { name: 'children' },
    childPolicy: 'TERMINATE',
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '60',
    input: 'i',
    control: 'c',
    tagList: ['t'],
    decisionTaskCompletedEventId: 4,
  })
  expect(events[5]?.childWorkflowExecutionStartedEventAttributes).toEqual({
    workflowExecution: child,
    workflowType,
    initiatedEventId: 5,
  })
  expect(events[6]?.eventType).toBe('DecisionTaskScheduled')
  expect((await history(child))[0]?.workflowExecutionStartedEventAttributes).toMatchObject({
    parentWorkflowExecution: parent,
    parentInitiatedEventId: 5,
    input: 'i',
    tagList: ['t'],
  })
})

const endings: [string, (harness: Awaited<ReturnType<typeof withChild>>) => Promise<unknown>, string, object][] = [
  ['completion', ({ decideInChild }) => decideInChild(complete), 'Completed', { result: 'done' }],
  ['failure', ({ decideInChild }) => decideInChild(fail), 'Failed', { reason: 'r', details: 'd' }],
  ['cancellation', ({ decideInChild }) => decideInChild({ decisionType: 'CancelWorkflowExecution' }), 'Canceled', {}],
  ['termination', ({ swf }) => swf.terminateWorkflowExecution({ domain, workflowId: 'child' }), 'Terminated', {}],
  ['timeout', async ({ clock }) => clock.advance(100_000), 'TimedOut', { timeoutType: 'START_TO_CLOSE' }],
]
test.each(endings)("a child's %s reaches its parent", async (_, end, type, attributes) => {
  const harness = await withChild({ executionStartToCloseTimeout: '100' })
  await harness.decide()
  await end(harness)
  const [told, asked] = (await harness.history(harness.parent)).slice(-2)
  expect(told).toMatchObject({
    eventType: `ChildWorkflowExecution${type}`,
    [`childWorkflowExecution${type}EventAttributes`]: {
      workflowExecution: harness.child,
      workflowType,
      initiatedEventId: 5,
      startedEventId: 6,
      ...attributes,
    },
  })
  expect(asked?.eventType).toBe('DecisionTaskScheduled')
})

test('with TERMINATE, children end with their parent, whatever its end', async () => {
  const { swf, parent, child, history, decide, clock } = await withChild({ childPolicy: 'ABANDON' })
  clock.advance(1000)
  await decide(complete)
  expect((await history(child)).at(-1)).toMatchObject({
    eventType: 'WorkflowExecutionTerminated',
    workflowExecutionTerminatedEventAttributes: { childPolicy: 'ABANDON', cause: 'CHILD_POLICY_APPLIED' },
  })
  expect((await history(parent)).at(-1)?.eventType).toBe('WorkflowExecutionCompleted')
  const { openCounts } = await swf.describeWorkflowExecution({ domain, execution: parent })
  expect(openCounts?.openChildWorkflowExecutions).toBe(1)
})

test('with REQUEST_CANCEL, children are asked to cancel', async () => {
  const { swf, child, history } = await withChild({}, { childPolicy: 'REQUEST_CANCEL' })
  await swf.terminateWorkflowExecution({ domain, workflowId: 'parent' })
  expect((await history(child)).at(-1)).toMatchObject({
    eventType: 'WorkflowExecutionCancelRequested',
    workflowExecutionCancelRequestedEventAttributes: { externalInitiatedEventId: 0, cause: 'CHILD_POLICY_APPLIED' },
  })
})

test('with ABANDON, children continue without reporting their end', async () => {
  const { parent, child, history, decide, decideInChild, types } = await withChild({}, { childPolicy: 'ABANDON' })
  await decide(complete)
  const length = (await history(parent)).length
  await decideInChild(complete)
  expect((await types(child)).at(-1)).toBe('WorkflowExecutionCompleted')
  expect(await history(parent)).toHaveLength(length)
})

test('a termination may name another child policy', async () => {
  const { swf, child, types } = await withChild()
  await swf.terminateWorkflowExecution({ domain, workflowId: 'parent', childPolicy: 'ABANDON' })
  expect((await types(child)).at(-1)).toBe('DecisionTaskScheduled')
})

test('a run that continues as new takes missing values from its type and keeps the workflow id', async () => {
  const { start, decide, history, decisionTask, swf } = await startSwf()
  const first = await start('article-00353', { taskStartToCloseTimeout: '5', tagList: ['old'], input: 'old' })
  await decide({
    decisionType: 'ContinueAsNewWorkflowExecution',
    continueAsNewWorkflowExecutionDecisionAttributes: { input: 'new' },
  })
  const last = (await history(first)).at(-1)?.workflowExecutionContinuedAsNewEventAttributes
  const { workflowExecution, events } = await decisionTask()
  expect(workflowExecution).toEqual({ workflowId: 'article-00353', runId: last?.newExecutionRunId })
  const configuration = {
    workflowType,
    taskList: { name: 'decisions' },
    childPolicy: 'TERMINATE',
    executionStartToCloseTimeout: '3600',
    taskStartToCloseTimeout: '60',
    input: 'new',
  }
  expect(last).toEqual({
    ...configuration,
    decisionTaskCompletedEventId: 4,
    newExecutionRunId: last?.newExecutionRunId,
  })
  expect(events?.[0]?.workflowExecutionStartedEventAttributes).toEqual({
    ...configuration,
    continuedExecutionRunId: first.runId,
    parentInitiatedEventId: 0,
  })
  const { executionInfo } = await swf.describeWorkflowExecution({ domain, execution: first })
  expect(executionInfo?.closeStatus).toBe('CONTINUED_AS_NEW')
})

test('a child that continues as new stays its child: the end of the last run reaches the parent', async () => {
  const { parent, decide, decideInChild, history } = await withChild()
  await decide()
  await decideInChild({
    decisionType: 'ContinueAsNewWorkflowExecution',
    continueAsNewWorkflowExecutionDecisionAttributes: { taskList: { name: 'children' } },
  })
  expect((await history(parent)).at(-1)?.eventType).toBe('DecisionTaskCompleted')
  await decideInChild(complete)
  expect((await history(parent)).at(-2)).toMatchObject({
    eventType: 'ChildWorkflowExecutionCompleted',
    childWorkflowExecutionCompletedEventAttributes: { initiatedEventId: 5, startedEventId: 6 },
  })
})

/** A source with a decision task to answer, and a target. */
async function withTarget() {
  const harness = await startSwf()
  const target = await harness.start('target', { taskList: { name: 'elsewhere' } })
  const source = await harness.start('source')
  return { ...harness, source, target }
}

test('a signal from one execution to another names its source, which learns that it arrived', async () => {
  const { source, target, decide, history } = await withTarget()
  await decide({
    decisionType: 'SignalExternalWorkflowExecution',
    signalExternalWorkflowExecutionDecisionAttributes: {
      workflowId: 'target',
      signalName: 'published',
      input: 'v1',
      control: 'c',
    },
  })
  expect((await history(target)).at(-1)?.workflowExecutionSignaledEventAttributes).toEqual({
    signalName: 'published',
    input: 'v1',
    externalWorkflowExecution: source,
    externalInitiatedEventId: 5,
  })
  const [initiated, arrived, asked] = (await history(source)).slice(4)
  expect(initiated?.signalExternalWorkflowExecutionInitiatedEventAttributes).toEqual({
    workflowId: 'target',
    signalName: 'published',
    input: 'v1',
    control: 'c',
    decisionTaskCompletedEventId: 4,
  })
  expect(arrived?.externalWorkflowExecutionSignaledEventAttributes).toEqual({
    workflowExecution: target,
    initiatedEventId: 5,
  })
  expect(asked?.eventType).toBe('DecisionTaskScheduled')
})

test('so does a cancel request', async () => {
  const { source, target, decide, history } = await withTarget()
  await decide({
    decisionType: 'RequestCancelExternalWorkflowExecution',
    requestCancelExternalWorkflowExecutionDecisionAttributes: { workflowId: 'target', runId: target.runId },
  })
  expect((await history(target)).at(-1)?.workflowExecutionCancelRequestedEventAttributes).toEqual({
    externalWorkflowExecution: source,
    externalInitiatedEventId: 5,
  })
  expect((await history(source)).slice(4).map(({ eventType }) => eventType)).toEqual([
    'RequestCancelExternalWorkflowExecutionInitiated',
    'ExternalWorkflowExecutionCancelRequested',
    'DecisionTaskScheduled',
  ])
})
