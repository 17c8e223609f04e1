import { onTestFinished, expect, test } from 'vitest'
import { startAwsLocal } from '../index.ts'
import { virtualClock } from '../time/virtual-clock.ts'
import { post, rawClient } from '../testing/internal/swf-raw.ts'

/** Requests and replies as they are on the wire. */

async function withDomain() {
  const aws = await startAwsLocal({ clock: virtualClock(1_500_000_000_123) })
  onTestFinished(() => aws.close())
  const call = rawClient(aws.url)
  const send = (operation: string, body: object | string, headers?: Record<string, string>) =>
    post(aws.url, operation, typeof body === 'string' ? body : JSON.stringify(body), headers)
  await call('RegisterDomain', { name: 'D', workflowExecutionRetentionPeriodInDays: '7' })
  const type = { name: 'W', version: '1' }
  const defaults = {
    defaultChildPolicy: 'ABANDON',
    defaultTaskStartToCloseTimeout: 'NONE',
    defaultTaskList: { name: 'd' },
  }
  await call('RegisterWorkflowType', { domain: 'D', ...type, ...defaults, defaultExecutionStartToCloseTimeout: '60' })
  return { aws, call, send, start: { domain: 'D', workflowId: 'w', workflowType: type } }
}

test('a reply is JSON with a request id; one without output is empty', async () => {
  const { send } = await withDomain()
  const described = await send('DescribeDomain', { name: 'D' })
  expect(described.status).toBe(200)
  expect(described.headers.get('content-type')).toBe('application/json')
  expect(described.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/)
  const deprecated = await send('DeprecateDomain', { name: 'D' })
  expect([deprecated.status, deprecated.body, deprecated.headers.get('content-length')]).toEqual([200, '', '0'])
})

test('times are seconds with milliseconds; as filters they may have exponents', async () => {
  const { call, send, start } = await withDomain()
  await call('StartWorkflowExecution', start)
  const listed = await send('ListOpenWorkflowExecutions', '{"domain":"D","startTimeFilter":{"oldestDate":1.5E9}}')
  expect(listed.body).toContain('"startTimestamp":1500000000.123')
})

test('falsy attributes are there, absent ones are not', async () => {
  const { call, send, start } = await withDomain()
  const { runId } = await call<{ runId: string }>('StartWorkflowExecution', { ...start, input: '' })
  const execution = { workflowId: 'w', runId }
  const history = await send('GetWorkflowExecutionHistory', { domain: 'D', execution })
  expect(history.body).toContain('"input":""')
  expect(history.body).toContain('"parentInitiatedEventId":0')
  expect(history.body).not.toContain('null')
  const described = await send('DescribeWorkflowExecution', { domain: 'D', execution })
  expect(described.body).toContain('"cancelRequested":false')
  expect(described.body).not.toContain('closeTimestamp')
})

test('the older target prefix names the same operations', async () => {
  const { send } = await withDomain()
  const target = 'com.amazonaws.swf.service.model.SimpleWorkflowService.DescribeDomain'
  expect((await send('', { name: 'D' }, { 'x-amz-target': target })).body).toContain('"name":"D"')
})

test('members that are null count as absent, unknown ones are ignored', async () => {
  const { call, send, start } = await withDomain()
  const { runId } = await call<{ runId: string }>('StartWorkflowExecution', { ...start, input: null, colour: 'red' })
  const history = await send('GetWorkflowExecutionHistory', { domain: 'D', execution: { workflowId: 'w', runId } })
  expect(history.body).not.toMatch(/input|colour/)
})

const faults: [string, string, object | string, number, string, string | RegExp][] = [
  ['an unknown operation', 'Publish', {}, 400, 'com.amazon.coral.service#UnknownOperationException', /Publish/],
  [
    'a model fault',
    'DescribeDomain',
    { name: 'X' },
    400,
    'com.amazonaws.swf.base.model#UnknownResourceFault',
    'Unknown domain: X',
  ],
  [
    'a missing member',
    'DescribeDomain',
    {},
    400,
    'com.amazon.coral.validate#ValidationException',
    "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
  ],
  [
    'several wrong members',
    'ListDomains',
    { registrationStatus: 'OLD', maximumPageSize: 1001 },
    400,
    'com.amazon.coral.validate#ValidationException',
    "2 validation errors detected: Value 'OLD' at 'registrationStatus' failed to satisfy constraint: Member must satisfy enum value set: [REGISTERED, DEPRECATED]; Value '1001' at 'maximumPageSize' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    'a wrong JSON type',
    'DescribeDomain',
    { name: 7 },
    400,
    'com.amazonaws.swf.base.model#SerializationException',
    /NUMBER_VALUE/,
  ],
  ['no JSON', 'DescribeDomain', '{', 400, 'com.amazonaws.swf.base.model#SerializationException', /json/],
  [
    'too much',
    'DescribeDomain',
    { name: 'x'.repeat(1024 * 1024) },
    400,
    'com.amazonaws.swf.base.model#SerializationException',
    /1 MB/,
  ],
]
test.each(faults)('%s is reported as by AWS', async (_, operation, body, status, type, message) => {
  const { send } = await withDomain()
  const reply = await send(operation, body)
  expect(reply.status).toBe(status)
  expect(JSON.parse(reply.body)).toEqual({
    __type: type,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
})

test('a request without credentials is refused, whatever it asks', async () => {
  const { aws } = await withDomain()
  const reply = await fetch(aws.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'SimpleWorkflowService.DeprecateDomain' },
    body: '{"name":"D"}',
  })
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ __type: 'com.amazon.coral.service#MissingAuthenticationTokenException' })
})
