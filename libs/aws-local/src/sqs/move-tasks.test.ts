import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { virtualClock } from '../time/virtual-clock.ts'
import { startSqs } from '../testing/internal/sqs-server.ts'

async function withDeadLetters(count: number) {
  const clock = virtualClock()
  const started = await startSqs({ clock })
  const { sqs, queue, attribute } = started
  const dead = await queue('dead')
  const deadArn = await attribute(dead, 'QueueArn')
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 1 })
  const source = await queue('incoming', { VisibilityTimeout: '0', RedrivePolicy })
  for (let at = 1; at <= count; at++)
    await sqs.send(new SendMessageCommand({ QueueUrl: source, MessageBody: `m${at}` }))
  for (let at = 1; at <= count; at++) await sqs.send(new ReceiveMessageCommand({ QueueUrl: source }))
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: source, MaxNumberOfMessages: 10 }))
  return {
    ...started,
    clock,
    dead,
    deadArn,
    source,
    move: (more: object = {}) => sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn, ...more })),
    count: (url: string) => attribute(url, 'ApproximateNumberOfMessages'),
  }
}

test('dead letters return to their source queue as new messages', async () => {
  const { move, count, dead, source, sqs, clock } = await withDeadLetters(3)
  expect(await count(dead)).toBe('3')
  clock.advance(60_000)
  expect((await move()).TaskHandle).toBeDefined()
  await expect.poll(() => count(source)).toBe('3')
  expect(await count(dead)).toBe('0')
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: source, MessageSystemAttributeNames: ['All'] }),
  )
  expect(Messages?.[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: String(clock.now()) })
})

test('the rate is respected, and another queue can be the destination', async () => {
  const { move, count, dead, queue, attribute, clock } = await withDeadLetters(3)
  const other = await queue('other')
  await move({ DestinationArn: await attribute(other, 'QueueArn'), MaxNumberOfMessagesPerSecond: 2 })
  await expect(move()).rejects.toMatchObject({ name: 'UnsupportedOperation' })
  clock.advance(1000)
  expect([await count(other), await count(dead)]).toEqual(['2', '1'])
  clock.advance(1000)
  expect([await count(other), await count(dead)]).toEqual(['3', '0'])
})

test('the source must be a dead-letter queue, and the destination must exist', async () => {
  const { move, attribute, source, deadArn } = await withDeadLetters(0)
  await expect(move({ SourceArn: await attribute(source, 'QueueArn') })).rejects.toThrow(/Dead Letter Queue/)
  await expect(move({ SourceArn: `${deadArn}-2` })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(move({ DestinationArn: `${deadArn}-2` })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(move({ DestinationArn: deadArn })).rejects.toThrow(/must not be the same/)
})

test('tasks are listed, the newest first, and a running one can be cancelled', async () => {
  const { sqs, move, deadArn, clock, count, dead } = await withDeadLetters(3)
  const list = async () =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: deadArn, MaxResults: 10 }))).Results ?? []
  const { TaskHandle } = await move({ MaxNumberOfMessagesPerSecond: 1 })
  clock.advance(1000)
  const running = { Status: 'RUNNING', SourceArn: deadArn, MaxNumberOfMessagesPerSecond: 1, TaskHandle }
  const counts = { ApproximateNumberOfMessagesMoved: 1, ApproximateNumberOfMessagesToMove: 3 }
  expect(await list()).toEqual([expect.objectContaining({ ...running, ...counts })])
  const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))
  expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(1)
  clock.advance(5000)
  expect(await count(dead)).toBe('2')
  await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow(/Only active tasks/)
  await move()
  await expect.poll(() => count(dead)).toBe('0')
  const [newest, before] = await list()
  expect(newest).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 })
  expect(before).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 1 })
  expect(newest).not.toHaveProperty('TaskHandle')
  const unknown = new CancelMessageMoveTaskCommand({ TaskHandle: 'none' })
  await expect(sqs.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
