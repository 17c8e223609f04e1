import { GetWorkflowExecutionHistoryCommand, RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createWorkflowClient } from '../client/client.ts'
import { registerTypes } from '../client/register.ts'
import { greeting } from '../testing/internal/greeting.fixture.ts'
import { plainCallsOf } from './plain-calls.ts'

const domain = 'D'
const taskList = { name: 'decisions' }
const { signal } = new AbortController()

/** An SWF that verifies signatures, with executions whose first decision waits. */
async function startSwf(executions = 0) {
  const aws = await startAwsLocal({ keys: { key: 'its secret' }, pollSeconds: 1 })
  onTestFinished(() => aws.close())
  const connect = (sessionToken?: string) => {
    const credentials = { accessKeyId: 'key', secretAccessKey: 'its secret', ...(sessionToken && { sessionToken }) }
    const swf = new SWFClient({ endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts: 1 })
    onTestFinished(() => swf.destroy())
    return swf
  }
  const swf = connect()
  await swf.send(new RegisterDomainCommand({ name: domain, workflowExecutionRetentionPeriodInDays: '1' }))
  await registerTypes({ swf, domain, workflows: [greeting], taskLists: { decisions: taskList.name } })
  const client = createWorkflowClient({ swf, domain, taskList: taskList.name })
  for (let n = 1; n <= executions; n++)
    await client.start(greeting, { workflowId: `g-${n}`, input: { who: 'Ærø – 日本' } })
  return { aws, swf, connect }
}

test('a call after the first is one plain request, and its reply is the one that the command has', async () => {
  const { swf } = await startSwf(2)
  const calls = plainCallsOf(swf)
  const send = vi.spyOn(swf, 'send')
  const first = await calls.pollForDecisionTask({ domain, taskList }, signal)
  const second = await calls.pollForDecisionTask({ domain, taskList }, signal)
  expect(send).toHaveBeenCalledTimes(1)
  send.mockRestore()
  expect([first, second].map(({ workflowExecution }) => workflowExecution?.workflowId)).toEqual(['g-1', 'g-2'])
  const { workflowExecution: execution, events } = second
  const { events: stored } = await swf.send(new GetWorkflowExecutionHistoryCommand({ domain, execution }))
  expect(events).toEqual(stored)
  expect(events?.[0]?.eventTimestamp).toBeInstanceOf(Date)

  const completed = vi.spyOn(swf, 'send')
  const decision = { decisionType: 'CompleteWorkflowExecution' } as const
  const respond = {
    taskToken: second.taskToken,
    decisions: [{ ...decision, completeWorkflowExecutionDecisionAttributes: { result: '"ü"' } }],
  }
  await calls.respondDecisionTaskCompleted(respond)
  expect(completed).not.toHaveBeenCalled()
  await expect(calls.respondDecisionTaskCompleted(respond)).rejects.toMatchObject({ name: 'UnknownResourceFault' })
})

test('the credentials are those of the moment, with their session', async () => {
  const { aws, connect } = await startSwf()
  const tokens: unknown[] = []
  const swf = connect()
  const credentials = vi.fn(async () => ({
    accessKeyId: 'key',
    secretAccessKey: 'its secret',
    sessionToken: `session ${credentials.mock.calls.length}`,
    expiration: new Date(0),
  }))
  const refreshed = new SWFClient({ endpoint: aws.url, region: 'us-east-1', credentials })
  onTestFinished(() => refreshed.destroy())
  const handle = swf.config.requestHandler.handle.bind(swf.config.requestHandler)
  vi.spyOn(refreshed.config.requestHandler, 'handle').mockImplementation((request, options) => {
    tokens.push(request.headers['x-amz-security-token'])
    return handle(request, options)
  })
  const calls = plainCallsOf(refreshed)
  for (let n = 0; n < 3; n++) await calls.pollForActivityTask({ domain, taskList }, signal)
  expect(new Set(tokens).size).toBe(3)
})

test('what SWF refuses is sent as a command, whose error says why', async () => {
  const { swf } = await startSwf()
  const calls = plainCallsOf(swf)
  await calls.pollForActivityTask({ domain, taskList }, signal)
  await expect(calls.pollForActivityTask({ domain: 'unknown', taskList }, signal)).rejects.toMatchObject({
    name: 'UnknownResourceFault',
  })
  await expect(calls.respondActivityTaskCompleted({ taskToken: 'none' })).rejects.toMatchObject({ $fault: 'client' })
})

test('a busy SWF is asked once, and who asked is told to wait', async () => {
  const { aws, swf } = await startSwf()
  const calls = plainCallsOf(swf)
  await calls.pollForActivityTask({ domain, taskList }, signal)
  aws.faults.add({ service: 'swf', operation: 'PollForActivityTask', fault: 'throttling', when: { first: 1 } })
  await expect(calls.pollForActivityTask({ domain, taskList }, signal)).rejects.toMatchObject({
    name: 'ThrottlingException',
  })
  expect(await calls.pollForActivityTask({ domain, taskList }, signal)).toEqual({ startedEventId: 0 })
})

test('an open poll ends as soon as it is aborted', async () => {
  const { swf } = await startSwf()
  const calls = plainCallsOf(swf)
  await calls.pollForActivityTask({ domain, taskList }, signal)
  const stopping = new AbortController()
  const poll = calls.pollForActivityTask({ domain, taskList }, stopping.signal)
  setImmediate(() => stopping.abort())
  await expect(poll).rejects.toMatchObject({ name: 'AbortError' })
})

test('a client with middleware of its own sends commands, which go through it', async () => {
  const { swf } = await startSwf(2)
  const traced: unknown[] = []
  swf.middlewareStack.add(
    (next, context) => (args) => {
      traced.push(context.commandName)
      return next(args)
    },
    { step: 'initialize', name: 'tracing' },
  )
  const calls = plainCallsOf(swf)
  for (let n = 0; n < 2; n++) await calls.pollForDecisionTask({ domain, taskList }, signal)
  expect(traced).toEqual(['PollForDecisionTaskCommand', 'PollForDecisionTaskCommand'])
})
