// Messages on a standard queue through SDK v3, which verifies the MD5s itself.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startSqs } from '../testing/internal/sqs-server.ts'
import { virtualClock } from '../time/virtual-clock.ts'

test('a message comes back as it was sent, with its attributes', async () => {
  const { sqs, queue } = await startSqs()
  const QueueUrl = await queue('incoming')
  const sent = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: '{"ünïcode": "\t😀"}',
      MessageAttributes: {
        zebra: { DataType: 'String', StringValue: 'z' },
        count: { DataType: 'Number.int', StringValue: '12' },
        bytes: { DataType: 'Binary', BinaryValue: Uint8Array.from([0, 1, 255]) },
      },
    }),
  )
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }),
  )
  expect(Messages).toHaveLength(1)
  expect(Messages?.[0]).toMatchObject({
    MessageId: sent.MessageId,
    Body: '{"ünïcode": "\t😀"}',
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
    MessageAttributes: { count: { DataType: 'Number.int', StringValue: '12' } },
    Attributes: { ApproximateReceiveCount: '1', SenderId: '123456789012' },
  })
  expect(Messages?.[0]?.MessageAttributes?.['bytes']?.BinaryValue).toEqual(Uint8Array.from([0, 1, 255]))
})

test('an empty queue answers without Messages', async () => {
  const { sqs, queue } = await startSqs()
  const reply = await sqs.send(new ReceiveMessageCommand({ QueueUrl: await queue('incoming') }))
  expect(reply.Messages).toBeUndefined()
})

test('a long poll returns as soon as a message is sent', async () => {
  const { sqs, queue } = await startSqs()
  const QueueUrl = await queue('incoming')
  const began = performance.now()
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
  expect((await poll).Messages?.[0]?.Body).toBe('hello')
  expect(performance.now() - began).toBeLessThan(5000)
})

test('a cancelled long poll receives no message', async () => {
  const { sqs, queue, server } = await startSqs()
  const QueueUrl = await queue('incoming')
  const leaving = new AbortController()
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: leaving.signal })
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  leaving.abort()
  await expect(poll).rejects.toThrow()
  // A fresh request after the abort was seen by the server.
  await fetch(server.url).then((reply) => reply.text())
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, AttributeNames: ['All'] }))
  expect(Messages?.[0]?.Attributes?.['ApproximateReceiveCount']).toBe('1')
})

test('a received message is invisible for the visibility timeout, then received again with another handle', async () => {
  const clock = virtualClock()
  const { sqs, queue } = await startSqs({ clock })
  const QueueUrl = await queue('incoming', { VisibilityTimeout: '60' })
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))
  const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  clock.advance(59_000)
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined()
  clock.advance(1_000)
  const second = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount'] }),
  )
  expect(second.Messages?.[0]?.Attributes).toEqual({ ApproximateReceiveCount: '2' })
  expect(second.Messages?.[0]?.ReceiptHandle).not.toBe(first.Messages?.[0]?.ReceiptHandle)
})

test('a waiting poll gets a message when its visibility timeout or delay is over', async () => {
  const clock = virtualClock()
  const { sqs, queue } = await startSqs({ clock })
  const QueueUrl = await queue('incoming', { VisibilityTimeout: '5' })
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 10 }))
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  clock.advance(10_000)
  expect((await poll).Messages?.[0]?.Body).toBe('later')
})

test('deleting with the handle of an earlier receive succeeds and deletes nothing', async () => {
  const { sqs, queue, attribute } = await startSqs()
  const QueueUrl = await queue('incoming')
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))
  const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))
  const second = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first.Messages?.[0]?.ReceiptHandle }))
  expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('1')
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second.Messages?.[0]?.ReceiptHandle }))
  expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('0')
})

test('a visibility timeout of 0 makes a message visible at once; only messages in flight can be changed', async () => {
  const { sqs, queue } = await startSqs()
  const QueueUrl = await queue('incoming')
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  const change = { QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 0 }
  await sqs.send(new ChangeMessageVisibilityCommand(change))
  await expect(sqs.send(new ChangeMessageVisibilityCommand(change))).rejects.toMatchObject({
    name: 'MessageNotInflight',
  })
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1)
})

test('a message received too often moves to the dead-letter queue and keeps its sent time', async () => {
  const clock = virtualClock()
  const { sqs, queue, attribute } = await startSqs({ clock })
  const dead = await queue('incoming-dead')
  const deadLetterTargetArn = await attribute(dead, 'QueueArn')
  const QueueUrl = await queue('incoming', {
    VisibilityTimeout: '1',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
  })
  const sent = String(clock.now())
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }))
  for (const _ of [1, 2]) {
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1)
    clock.advance(1_000)
  }
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined()
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead, AttributeNames: ['All'] }))
  expect(Messages?.[0]).toMatchObject({ Body: 'poison', Attributes: { SentTimestamp: sent } })
})

test('messages are gone after the retention period, and after a purge', async () => {
  const clock = virtualClock()
  const { sqs, queue, attribute } = await startSqs({ clock })
  const QueueUrl = await queue('incoming', { MessageRetentionPeriod: '60' })
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'old' }))
  clock.advance(60_000)
  expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('0')
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'new' }))
  await sqs.send(new PurgeQueueCommand({ QueueUrl }))
  expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('0')
  await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' })
})

test('a batch can succeed in part and reports the entries that failed', async () => {
  const { sqs, queue } = await startSqs()
  const QueueUrl = await queue('incoming')
  const reply = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'fine' },
        { Id: 'b', MessageBody: 'not \u0001 fine' },
      ],
    }),
  )
  expect(reply.Successful?.map((it) => it.Id)).toEqual(['a'])
  expect(reply.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidMessageContents', SenderFault: true }])
})
