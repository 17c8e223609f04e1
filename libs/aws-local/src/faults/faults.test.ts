import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { SWF } from '@aws-sdk/client-swf'
import { expect, onTestFinished, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'
import { startSqs } from '../testing/internal/sqs-server.ts'
import { domain, startSwf } from '../testing/internal/swf-client.ts'
import { virtualClock } from '../time/virtual-clock.ts'

/** Each fault as clients of the SDK see it. `maxAttempts: 1` shows it; the SDK's own retries overcome it. */

const retrying = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

test('SWF throttles and fails internally; clients that retry succeed', async () => {
  const { aws, swf } = await startSwf()
  const list = () => swf.listDomains({ registrationStatus: 'REGISTERED' })
  aws.faults.add({ service: 'swf', operation: 'ListDomains', fault: 'throttling', when: { first: 1 } })
  await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' })
  expect((await list()).domainInfos).toHaveLength(1)

  aws.faults.add({ service: 'swf', fault: 'failure', when: { nth: 2 } })
  await list()
  await expect(list()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } })
  await list()

  aws.faults.clear()
  aws.faults.add({ service: 'swf', fault: 'failure', when: { first: 2 } })
  const patient = new SWF(retrying(aws.url))
  onTestFinished(() => patient.destroy())
  expect((await patient.listDomains({ registrationStatus: 'REGISTERED' })).$metadata.attempts).toBe(3)
})

test('S3 returns SlowDown and internal errors', async () => {
  const { server, s3, Bucket, put, text } = await startS3()
  await put('k', 'v')
  const takeAway = server.faults.add({ service: 's3', operation: 'GetObject', fault: 'throttling' })
  const slowDown = { name: 'SlowDown', $metadata: { httpStatusCode: 503 } }
  await expect(text('k')).rejects.toMatchObject(slowDown)
  await expect(text('k')).rejects.toMatchObject(slowDown)
  takeAway()
  expect(await text('k')).toBe('v')
  server.faults.add({ service: 's3', operation: 'PutObject', fault: 'failure', when: { every: 2 } })
  await put('one', '1')
  const failed = s3.send(new PutObjectCommand({ Bucket, Key: 'two', Body: '2' }))
  await expect(failed).rejects.toMatchObject({ name: 'InternalError', $metadata: { httpStatusCode: 500 } })
  await put('three', '3')
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }))
  expect(Contents?.map(({ Key }) => Key)).toEqual(['k', 'one', 'three'])
})

test('SQS throttles in both protocols', async () => {
  const { server, sqs, queue } = await startSqs()
  const QueueUrl = await queue('q')
  server.faults.add({ service: 'sqs', operation: 'SendMessage', fault: 'throttling' })
  const sent = sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
  await expect(sent).rejects.toMatchObject({ name: 'ThrottlingException' })
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'any' }
  const older = await fetch(QueueUrl, { method: 'POST', headers: form, body: 'Action=SendMessage&MessageBody=x' })
  expect([older.status, await older.text()]).toEqual([400, expect.stringContaining('<Code>ThrottlingException</Code>')])
})

test('a lost poll takes the task with it, until that times out', async () => {
  const { aws, swf, clock, start, types, decisionTask } = await startSwf()
  const execution = await start('lost')
  aws.faults.add({ service: 'swf', operation: 'PollForDecisionTask', fault: 'lost reply', when: { first: 1 } })
  await expect(decisionTask()).rejects.toThrow(/socket hang up|ECONNRESET/)
  expect(await types(execution)).toEqual(['WorkflowExecutionStarted', 'DecisionTaskScheduled', 'DecisionTaskStarted'])
  clock.advance(60_000)
  expect((await decisionTask()).startedEventId).toBe(6)
  expect((await swf.describeDomain({ name: domain })).domainInfo?.name).toBe(domain)
})

test('a send whose reply is lost has happened, and happens twice when the client retries', async () => {
  const { server, queue, attribute } = await startSqs()
  const QueueUrl = await queue('q')
  server.faults.add({ service: 'sqs', operation: 'SendMessage', fault: 'lost reply', when: { nth: 1 } })
  const patient = new SQSClient(retrying(server.url))
  onTestFinished(() => patient.destroy())
  await patient.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
  expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('2')
})

test('a read that is cut off does not block the server', async () => {
  const { server, put, text } = await startS3()
  await put('large', 'x'.repeat(4_000_000))
  server.faults.add({ service: 's3', operation: 'GetObject', fault: 'lost reply', when: { nth: 1 } })
  await expect(text('large')).rejects.toThrow(/socket hang up|ECONNRESET|aborted/)
  expect(await text('large')).toHaveLength(4_000_000)
})

test('a slow reply is delayed by the clock of the server, but the operation runs at once', async () => {
  const clock = virtualClock()
  const { server, s3, Bucket, put, text } = await startS3({ clock })
  await put('small', 'v')
  await put('large', 'x'.repeat(4_000_000))
  server.faults.add({
    service: 's3',
    operation: 'PutObject',
    fault: 'slow reply',
    milliseconds: 5000,
    when: { nth: 1 },
  })
  server.faults.add({
    service: 's3',
    operation: 'GetObject',
    fault: 'slow reply',
    milliseconds: 9000,
    when: { nth: 2 },
  })
  const late: string[] = []
  const slowPut = put('new', 'n').then(() => late.push('put'))
  while (clock.next() === undefined) await s3.send(new ListObjectsV2Command({ Bucket }))
  while ((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount !== 3);
  expect(await text('new')).toBe('n')
  const slowGet = s3
    .send(new GetObjectCommand({ Bucket, Key: 'large' }))
    .then(({ Body }) => Body?.transformToString())
    .then((body) => late.push(`get ${body?.length}`))
  await s3.send(new ListObjectsV2Command({ Bucket }))
  expect(late).toEqual([])
  clock.advance(5000)
  await slowPut
  while (clock.next() === undefined) await s3.send(new ListObjectsV2Command({ Bucket }))
  clock.advance(9000)
  await slowGet
  expect(late).toEqual(['put', 'get 4000000'])
})

test('a message is delivered twice, although it was deleted in between', async () => {
  const { server, sqs, queue } = await startSqs()
  const QueueUrl = await queue('q')
  server.faults.add({ service: 'sqs', fault: 'duplicate delivery', when: { nth: 1 } })
  for (const MessageBody of ['one', 'two']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  const seen: string[] = []
  for (;;) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount'] }),
    )
    const [message] = Messages ?? []
    if (message === undefined) break
    seen.push(`${message.Body} ${message.Attributes?.['ApproximateReceiveCount']} ${message.MessageId}`)
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }))
  }
  const bodies = seen.map((line) => line.slice(0, 5))
  expect(bodies.toSorted()).toEqual(['one 1', 'one 2', 'two 1'])
  expect(new Set(seen.map((line) => line.split(' ')[2])).size).toBe(2)
})

test('lists of S3 and SWF show writes only later', async () => {
  const clock = virtualClock()
  const { server, s3, Bucket, put, text } = await startS3({ clock })
  await put('old', 'v')
  clock.advance(3000)
  server.faults.add({ service: 's3', fault: 'stale list', milliseconds: 2000 })
  await put('new', 'v')
  const keys = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key)
  expect(await keys()).toEqual(['old'])
  expect(await text('new')).toBe('v')
  clock.advance(2000)
  expect(await keys()).toEqual(['new', 'old'])

  const { aws, swf, clock: swfClock, start } = await startSwf()
  aws.faults.add({ service: 'swf', fault: 'stale list', milliseconds: 2000 })
  await start('w')
  const startTimeFilter = { oldestDate: new Date(swfClock.now() - 1000), latestDate: new Date(swfClock.now() + 10_000) }
  const open = async () => (await swf.countOpenWorkflowExecutions({ domain, startTimeFilter })).count
  const listed = async () => (await swf.listOpenWorkflowExecutions({ domain, startTimeFilter })).executionInfos?.length
  expect([await open(), await listed()]).toEqual([0, 0])
  swfClock.advance(2000)
  expect([await open(), await listed()]).toEqual([1, 1])
})

test('a rule that could never trigger is refused', async () => {
  const { server } = await startSqs()
  for (const when of [{ nth: 0 }, { first: 0.5 }, { every: -1 }])
    expect(() => server.faults.add({ service: 'sqs', fault: 'failure', when })).toThrow(RangeError)
  expect(() => server.faults.add({ service: 's3', fault: 'stale list', milliseconds: 0 })).toThrow(RangeError)
})
