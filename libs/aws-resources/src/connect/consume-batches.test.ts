import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startTestAws, stillClock } from '../test-aws.fixture.ts'
import { consumeBatches } from './consume-batches.ts'
import type { Handled, ReceivedMessage } from './received-message.ts'

let sqs: SQSClient
let clock: ReturnType<typeof stillClock>
let queue: string
let logged: string[]
let calls: string[]

beforeEach(async () => {
  clock = stillClock()
  ;({
    polling: { sqs },
  } = await startTestAws({ clock }))
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: 'q' }))).QueueUrl ?? ''
  logged = []
  calls = []
  sqs.middlewareStack.add(
    (next, context) => async (given) => {
      const result = await next(given)
      calls.push(context.commandName ?? '')
      return result
    },
    { step: 'initialize' },
  )
})

async function send(count: number): Promise<void> {
  const Entries = Array.from({ length: count }, (_, index) => ({ Id: String(index), MessageBody: `m${index}` }))
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }))
}

async function waiting(): Promise<{ visible: number; hidden: number }> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }),
  )
  return {
    visible: Number(Attributes['ApproximateNumberOfMessages']),
    hidden: Number(Attributes['ApproximateNumberOfMessagesNotVisible']),
  }
}

function start(handle: (messages: ReceivedMessage[]) => Promise<Handled[]>, options: { batch?: number } = {}) {
  const stopping = new AbortController()
  const note = (_: object, message: string) => logged.push(message)
  const { stopped } = consumeBatches({
    sqs,
    queueUrl: queue,
    visibilityTimeout: 60,
    waitSeconds: 20,
    concurrency: 2,
    handle,
    ...options,
    logger: { warn: note, error: note },
    signal: stopping.signal,
  })
  onTestFinished(async () => {
    stopping.abort()
    await stopped
  })
}

const deletes = () => calls.filter((name) => name.startsWith('Delete'))

test('what is received at once is handled together, and one call deletes it', async () => {
  await send(10)
  const seen: string[][] = []
  start(async (messages) => {
    seen.push(messages.map(({ body }) => body))
    return messages.map(() => 'done')
  })
  await vi.waitFor(async () => expect(await waiting()).toEqual({ visible: 0, hidden: 0 }))
  expect(seen.map(({ length }) => length)).toEqual([10])
  expect(deletes()).toEqual(['DeleteMessageBatchCommand'])
})

test('no more are received at once than was asked for', async () => {
  await send(6)
  const sizes: number[] = []
  start(
    async (messages) => {
      sizes.push(messages.length)
      return messages.map(() => 'done')
    },
    { batch: 2 },
  )
  await vi.waitFor(async () => expect(await waiting()).toEqual({ visible: 0, hidden: 0 }))
  expect(sizes).toEqual([2, 2, 2])
})

test('of a receive some may be done and others come again', async () => {
  await send(3)
  const counts = new Map<string, number>()
  start(async (messages) =>
    messages.map(({ body, receiveCount }) => {
      counts.set(body, receiveCount)
      return body === 'm1' && receiveCount === 1 ? { retryAfter: 300 } : 'done'
    }),
  )
  await vi.waitFor(async () => expect(await waiting()).toEqual({ visible: 0, hidden: 1 }))
  await vi.waitFor(() => {
    clock.advance(300)
    expect(counts).toEqual(
      new Map([
        ['m0', 1],
        ['m1', 2],
        ['m2', 1],
      ]),
    )
  })
})

test('where the handler throws all of the receive come again', async () => {
  await send(2)
  const counts: number[] = []
  start(async (messages) => {
    counts.push(...messages.map(({ receiveCount }) => receiveCount))
    if (counts.length <= 2) throw new Error('down')
    return messages.map(() => 'done')
  })
  await vi.waitFor(() => {
    clock.advance(60)
    expect(counts).toEqual([1, 1, 2, 2])
  })
  expect(logged).toEqual(['Handling messages failed; they will be received again'])
})

test('messages stay hidden while they are handled, however long that takes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  await send(4)
  const release = Promise.withResolvers<void>()
  const counts: number[] = []
  start(async (messages) => {
    counts.push(...messages.map(({ receiveCount }) => receiveCount))
    await release.promise
    return messages.map(() => 'done')
  })
  await vi.waitFor(() => expect(counts).toHaveLength(4))
  for (let half = 1; half <= 4; half++) {
    clock.advance(30)
    vi.advanceTimersByTime(30_000)
    await vi.waitFor(() =>
      expect(calls.filter((name) => name === 'ChangeMessageVisibilityBatchCommand')).toHaveLength(half),
    )
  }
  expect(await waiting()).toEqual({ visible: 0, hidden: 4 })
  release.resolve()
  await vi.waitFor(async () => expect(await waiting()).toEqual({ visible: 0, hidden: 0 }))
  expect(counts).toEqual([1, 1, 1, 1])
})
