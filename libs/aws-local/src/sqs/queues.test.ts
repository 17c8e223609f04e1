import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startSqs } from '../testing/internal/sqs-server.ts'

test('a queue has a URL, an ARN and the defaults of AWS', async () => {
  const { sqs, server, queue } = await startSqs()
  const QueueUrl = await queue('incoming')
  expect(QueueUrl).toBe(`${server.url}/123456789012/incoming`)
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'incoming' }))).QueueUrl).toBe(QueueUrl)
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Attributes).toMatchObject({
    QueueArn: 'arn:aws:sqs:us-east-1:123456789012:incoming',
    VisibilityTimeout: '30',
    DelaySeconds: '0',
    MessageRetentionPeriod: '345600',
    MaximumMessageSize: '1048576',
    ReceiveMessageWaitTimeSeconds: '0',
    ApproximateNumberOfMessages: '0',
  })
})

test('the host of a queue URL does not matter, its account and name do', async () => {
  const { sqs, queue } = await startSqs()
  await queue('incoming')
  const at = (QueueUrl: string) => sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
  expect((await at('https://sqs.us-east-1.amazonaws.com/123456789012/incoming')).Attributes).toBeDefined()
  await expect(at('http://127.0.0.1/000000000000/incoming')).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
  await expect(at('http://127.0.0.1/123456789012/other')).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
})

test('creating a queue again returns its URL if the attributes are the same, and is refused otherwise', async () => {
  const { queue, attribute } = await startSqs()
  const deadLetterTargetArn = await attribute(await queue('dead'), 'QueueArn')
  const policy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 })
  const url = await queue('incoming', { VisibilityTimeout: '60', RedrivePolicy: policy })
  expect(await queue('incoming')).toBe(url)
  const spaced = `{ "maxReceiveCount": 3, "deadLetterTargetArn": "${deadLetterTargetArn}" }`
  expect(await queue('incoming', { RedrivePolicy: spaced, DelaySeconds: '0' })).toBe(url)
  await expect(queue('incoming', { VisibilityTimeout: '61' })).rejects.toMatchObject({ name: 'QueueNameExists' })
})

test.each<[string, Record<string, string>]>([
  ['InvalidAttributeValue', { VisibilityTimeout: '43201' }],
  ['InvalidAttributeValue', { MessageRetentionPeriod: '59' }],
  ['InvalidAttributeValue', { RedrivePolicy: 'no JSON' }],
  ['InvalidAttributeValue', { RedriveAllowPolicy: '{"redrivePermission":"some"}' }],
  ['InvalidAttributeName', { Colour: 'red' }],
  ['InvalidAttributeName', { QueueArn: 'mine' }],
  ['InvalidAttributeName', { FifoQueue: 'true', ContentBasedDeduplication: 'true' }],
  [
    'InvalidParameterValue',
    { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:no","maxReceiveCount":1}' },
  ],
  ['InvalidParameterValue', { RedrivePolicy: '{"deadLetterTargetArn":"x"}' }],
])('%s for the attributes %o', async (name, Attributes) => {
  const { queue, sqs } = await startSqs()
  const QueueUrl = await queue('there')
  await expect(sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))).rejects.toMatchObject({ name })
})

test('attributes can be set later, and an empty policy removes it', async () => {
  const { sqs, queue, attribute } = await startSqs()
  const dead = await queue('dead')
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await attribute(dead, 'QueueArn'), maxReceiveCount: '5' })
  const QueueUrl = await queue('incoming')
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy, DelaySeconds: '5' } }))
  const sources = () => sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))
  expect((await sources()).queueUrls).toEqual([QueueUrl])
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy: '' } }))
  expect((await sources()).queueUrls).toEqual([])
})

test.each(['', 'a b', 'ü', 'x'.repeat(81), 'plain.fifo'])('the name %j is refused', async (QueueName) => {
  const { sqs } = await startSqs()
  await expect(sqs.send(new CreateQueueCommand({ QueueName }))).rejects.toThrow()
})

test('queues are listed by name, by prefix and page by page', async () => {
  const { sqs, queue } = await startSqs()
  expect((await sqs.send(new ListQueuesCommand())).QueueUrls).toBeUndefined()
  const [b1, a, b2] = [await queue('b1'), await queue('a'), await queue('b2')]
  expect((await sqs.send(new ListQueuesCommand())).QueueUrls).toEqual([a, b1, b2])
  const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'b', MaxResults: 1 }))
  expect(first.QueueUrls).toEqual([b1])
  const NextToken = first.NextToken
  const second = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'b', MaxResults: 1, NextToken }))
  expect([second.QueueUrls, second.NextToken]).toEqual([[b2], undefined])
})

test('a deleted queue is gone with its messages', async () => {
  const { sqs, queue, attribute } = await startSqs()
  const QueueUrl = await queue('incoming')
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))
  await sqs.send(new DeleteQueueCommand({ QueueUrl }))
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  })
  expect(await attribute(await queue('incoming'), 'ApproximateNumberOfMessages')).toBe('0')
})

test('tags', async () => {
  const { sqs } = await startSqs()
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tagged', tags: { a: '1', b: '2' } }))
  await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { b: '3', c: '' } }))
  await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }))
  expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '3', c: '' })
})

test.each<[string, { Id: string; MessageBody: string }[]]>([
  ['EmptyBatchRequest', []],
  ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, index) => ({ Id: `e${index}`, MessageBody: 'm' }))],
  [
    'BatchEntryIdsNotDistinct',
    [
      { Id: 'a', MessageBody: 'm' },
      { Id: 'a', MessageBody: 'm' },
    ],
  ],
  ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'm' }]],
  [
    'BatchRequestTooLong',
    [
      { Id: 'a', MessageBody: 'm'.repeat(600_000) },
      { Id: 'b', MessageBody: 'm'.repeat(600_000) },
    ],
  ],
])('%s', async (name, Entries) => {
  const { sqs, queue } = await startSqs()
  const QueueUrl = await queue('incoming')
  await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({ name })
})

test('a message larger than the limit of the queue is refused', async () => {
  const { sqs, queue } = await startSqs()
  const QueueUrl = await queue('small', { MaximumMessageSize: '1024' })
  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  await send('x'.repeat(1024))
  await expect(send('x'.repeat(1025))).rejects.toThrow(/must be shorter than 1024 bytes/)
  await expect(send('ü'.repeat(600))).rejects.toThrow()
})

test('a dead-letter queue can choose its source queues', async () => {
  const { queue, attribute } = await startSqs()
  const allow = JSON.stringify({
    redrivePermission: 'byQueue',
    sourceQueueArns: ['arn:aws:sqs:us-east-1:123456789012:friend'],
  })
  const deadLetterTargetArn = await attribute(await queue('dead', { RedriveAllowPolicy: allow }), 'QueueArn')
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 })
  await queue('friend', { RedrivePolicy })
  await expect(queue('stranger', { RedrivePolicy })).rejects.toThrow(/permissions/)
})
