import { onTestFinished, describe, expect, test } from 'vitest'
import { decodeEvent } from './execution/encoding.ts'
import { errorOf, startSwf, domain, workflowType } from '../testing/internal/swf-client.ts'
import { startEngine } from '../testing/internal/swf-engine.ts'

/** Limits of texts, names and histories. */

const failed = (value: string, at: string, constraint: string) => ({
  name: 'ValidationException',
  message: `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: Member must ${constraint}`,
})
const atMost = (n: number) => `have length less than or equal to ${n}`
const nameRule = "not contain ':', '/', '|' or control characters, not be 'arn', and not start or end with whitespace"

describe('a start refuses', () => {
  const long = (n: number) => 'x'.repeat(n + 1)
  const rows: [string, object, string, string, string][] = [
    ['an input that is too long', { input: long(32_768) }, long(32_768), 'input', atMost(32_768)],
    ['a workflow id that is too long', { workflowId: long(256) }, long(256), 'workflowId', atMost(256)],
    ['an empty workflow id', { workflowId: '' }, '', 'workflowId', 'have length greater than or equal to 1'],
    ['a tag that is too long', { tagList: ['ok', long(256)] }, long(256), 'tagList.2.member', atMost(256)],
    ['six tags', { tagList: ['1', '2', '3', '4', '5', '6'] }, '[1, 2, 3, 4, 5, 6]', 'tagList', atMost(5)],
    ['a colon in a workflow id', { workflowId: 'a:b' }, 'a:b', 'workflowId', nameRule],
    ['a slash in a task list', { taskList: { name: 'a/b' } }, 'a/b', 'taskList.name', nameRule],
    ['arn as a name', { taskList: { name: 'arn' } }, 'arn', 'taskList.name', nameRule],
    ['a space at an end', { workflowId: ' a' }, ' a', 'workflowId', nameRule],
    [
      'a timeout that is no number',
      { taskStartToCloseTimeout: '5m' },
      '5m',
      'taskStartToCloseTimeout',
      'be a number of seconds or NONE',
    ],
    [
      'an execution without end',
      { executionStartToCloseTimeout: 'NONE' },
      'NONE',
      'executionStartToCloseTimeout',
      'be a positive number of seconds, at most one year',
    ],
    [
      'an execution of more than a year',
      { executionStartToCloseTimeout: '31622401' },
      '31622401',
      'executionStartToCloseTimeout',
      'be a positive number of seconds, at most one year',
    ],
    ['a priority beyond 32 bits', { taskPriority: '2147483648' }, '2147483648', 'taskPriority', 'be a 32-bit integer'],
    [
      'an unknown child policy',
      { childPolicy: 'ADOPT' },
      'ADOPT',
      'childPolicy',
      'satisfy enum value set: [TERMINATE, REQUEST_CANCEL, ABANDON]',
    ],
  ]
  test.each(rows)('%s', async (_, more, value, at, constraint) => {
    const { start } = await startSwf()
    expect(await errorOf(start('a', more))).toEqual(failed(value, at, constraint))
  })
})

test('a start accepts values at the limits', async () => {
  const { swf } = await startSwf()
  await swf.startWorkflowExecution({
    domain,
    workflowType,
    workflowId: 'x'.repeat(256),
    input: 'x'.repeat(32_768),
    tagList: ['1', '2', '3', '4', 'x'.repeat(256)],
    taskPriority: '-2147483648',
    executionStartToCloseTimeout: '31622400',
  })
})

test('retention is a number of days up to 90, or NONE', async () => {
  const { swf } = await startSwf()
  const register = (days: string) => swf.registerDomain({ name: days, workflowExecutionRetentionPeriodInDays: days })
  for (const days of ['0', '90', 'NONE']) await register(days)
  for (const days of ['91', 'week'])
    expect(await errorOf(register(days))).toMatchObject({ name: 'ValidationException' })
})

test('an execution is terminated at 25,000 events', async () => {
  const engine = await startEngine()
  onTestFinished(engine.close)
  await engine.register()
  const { call } = engine
  const execution = { domain: 'D', workflowId: 'a' }
  const { runId } = await call<{ runId: string }>('StartWorkflowExecution', {
    ...execution,
    workflowType: { name: 'W', version: '1' },
  })
  const recordMarkerDecisionAttributes = { markerName: 'm' }
  const decisions = Array.from({ length: 6000 }, () => ({
    decisionType: 'RecordMarker',
    recordMarkerDecisionAttributes,
  }))
  for (let i = 0; i < 4; i++) {
    const { taskToken } = await call<{ taskToken: string }>('PollForDecisionTask', {
      domain: 'D',
      taskList: { name: 'l' },
    })
    await call('RespondDecisionTaskCompleted', { taskToken, decisions })
    await call('SignalWorkflowExecution', { ...execution, signalName: 's' })
  }
  const { taskToken } = await call<{ taskToken: string }>('PollForDecisionTask', {
    domain: 'D',
    taskList: { name: 'l' },
  })
  await call('RespondDecisionTaskCompleted', { taskToken, decisions })
  const { events } = await call<{ events: string[] }>('GetWorkflowExecutionHistory', {
    domain: 'D',
    execution: { workflowId: 'a', runId },
    reverseOrder: true,
    maximumPageSize: 1,
  })
  const last = decodeEvent(events[0] ?? '')
  expect(last).toMatchObject({
    type: 'WorkflowExecutionTerminated',
    attributes: { cause: 'EVENT_LIMIT_EXCEEDED', childPolicy: 'TERMINATE' },
  })
  expect(last.id).toBeGreaterThan(25_000)
})
