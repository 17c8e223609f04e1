// FIFO queues: order within a message group, deduplication for five minutes.
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startSqs } from '../testing/internal/sqs-server.ts'
import { virtualClock } from '../time/virtual-clock.ts'

async function withFifo(attributes: Record<string, string> = {}) {
  const clock = virtualClock()
  const started = await startSqs({ clock })
  const { sqs } = started
  const QueueUrl = await started.queue('orders.fifo', { FifoQueue: 'true', ...attributes })
  const handles = new Map<string, string | undefined>()
  return {
    ...started,
    clock,
    QueueUrl,
    send: (MessageBody: string, MessageGroupId: string, MessageDeduplicationId?: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId })),
    receive: async (MaxNumberOfMessages = 1) => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages }))
      return Messages.map(({ Body = '', ReceiptHandle }) => {
        handles.set(Body, ReceiptHandle)
        return Body
      })
    },
    remove: (body: string) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handles.get(body) })),
  }
}

test('a group waits while a message of it is in flight; other groups continue', async () => {
  const { send, receive, remove } = await withFifo()
  for (const [body, group] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
  ] as const)
    await send(body, group, body)
  expect(await receive()).toEqual(['a1'])
  expect(await receive()).toEqual(['b1'])
  expect(await receive()).toEqual([])
  await remove('a1')
  expect(await receive()).toEqual(['a2'])
})

test('one receive may return several messages of a group, in order', async () => {
  const { send, receive, clock } = await withFifo({ VisibilityTimeout: '10' })
  for (const body of ['1', '2', '3']) await send(body, 'g', body)
  expect(await receive(10)).toEqual(['1', '2', '3'])
  clock.advance(10_000)
  expect(await receive(2)).toEqual(['1', '2'])
})

test('a message sent again within five minutes gets the first reply and is not delivered again', async () => {
  const { send, receive, remove, clock } = await withFifo()
  const first = await send('m', 'g', 'id')
  const second = await send('other', 'g', 'id')
  expect([second.MessageId, second.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber])
  expect(await receive(10)).toEqual(['m'])
  await remove('m')
  await send('m', 'g', 'id')
  expect(await receive()).toEqual([])
  clock.advance(301_000)
  await send('again', 'g', 'id')
  expect(await receive()).toEqual(['again'])
})

test('deduplication by content, and by message group', async () => {
  const { send, receive } = await withFifo({
    ContentBasedDeduplication: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  })
  await send('same', 'a')
  await send('same', 'a')
  await send('same', 'b')
  expect(await receive(10)).toEqual(['same', 'same'])
})

test('sequence numbers increase', async () => {
  const { send } = await withFifo()
  const numbers = [await send('1', 'a', '1'), await send('2', 'b', '2')].map(
    ({ SequenceNumber = '' }) => SequenceNumber,
  )
  expect(numbers[0]).toMatch(/^\d{20}$/)
  expect(BigInt(numbers[0] ?? 0)).toBeLessThan(BigInt(numbers[1] ?? 0))
})

test('deleting with an expired handle fails', async () => {
  const { send, receive, remove, clock } = await withFifo({ VisibilityTimeout: '10' })
  await send('m', 'g', 'm')
  await receive()
  clock.advance(10_000)
  await expect(remove('m')).rejects.toThrow(/receipt handle has expired/)
  expect(await receive()).toEqual(['m'])
})

test('a FIFO queue requires a group, a deduplication id and a name that ends in .fifo', async () => {
  const { send, sqs, QueueUrl, queue } = await withFifo()
  await expect(send('m', 'g')).rejects.toThrow(/ContentBasedDeduplication/)
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }))).rejects.toThrow(/MessageGroupId/)
  await expect(send('m', 'a group', 'id')).rejects.toThrow(/MessageGroupId/)
  await expect(queue('plain', { FifoQueue: 'true' })).rejects.toThrow(/\.fifo/)
})
