import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { consume } from './consume.ts'
import type { Handled, ReceivedMessage } from './received-message.ts'
import { startTestAws, stillClock } from '../test-aws.fixture.ts'

let sqs: SQSClient
let clock: ReturnType<typeof stillClock>
let queue: string
let dead: string
let logged: string[]

beforeEach(async () => {
  clock = stillClock()
  ;({
    polling: { sqs },
  } = await startTestAws({ clock }))
  logged = []
  dead = await makeQueue('q-dead', {})
  const deadLetterTargetArn = (await attributes(dead))['QueueArn']
  queue = await makeQueue('q', { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 }) })
})

async function makeQueue(name: string, values: Record<string, string>): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: values }))
  return QueueUrl
}

async function attributes(url: string): Promise<Record<string, string>> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))
  return Attributes
}

async function waiting(url: string): Promise<{ visible: number; hidden: number }> {
  const held = await attributes(url)
  return {
    visible: Number(held['ApproximateNumberOfMessages']),
    hidden: Number(held['ApproximateNumberOfMessagesNotVisible']),
  }
}

async function send(...bodies: string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }))
}

function start(
  handle: (message: ReceivedMessage) => Promise<Handled>,
  options: { concurrency?: number; ready?: () => Promise<void> } = {},
) {
  const stopping = new AbortController()
  const note = (_: object, message: string) => logged.push(message)
  const consumer = consume({
    sqs,
    queueUrl: queue,
    visibilityTimeout: 60,
    waitSeconds: 20,
    concurrency: 5,
    handle,
    ...options,
    logger: { warn: note, error: note },
    signal: stopping.signal,
  })
  const stop = async () => {
    stopping.abort()
    await consumer.stopped
  }
  onTestFinished(stop)
  return { consumer, stop }
}

test('a message is deleted when it is done, and not before', async () => {
  const release = Promise.withResolvers<Handled>()
  const seen: ReceivedMessage[] = []
  const { consumer } = start((message) => {
    seen.push(message)
    return release.promise
  })
  await send('hello')
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  expect(seen[0]).toMatchObject({ body: 'hello', receiveCount: 1 })
  expect(seen[0]?.sentAt.toString()).toBe('2016-08-02T00:00:00Z')
  expect(await waiting(queue)).toEqual({ visible: 0, hidden: 1 })
  release.resolve('done')
  await vi.waitFor(async () => expect(await waiting(queue)).toEqual({ visible: 0, hidden: 0 }))
  expect(consumer.lastSignOfLife().epochMilliseconds).toBeGreaterThan(Date.now() - 60_000)
})

test('a message that is not done yet shows again after the time its handler asked for', async () => {
  const counts: number[] = []
  start(async ({ receiveCount }) => {
    counts.push(receiveCount)
    return receiveCount === 1 ? { retryAfter: 300 } : 'done'
  })
  await send('later')
  await vi.waitFor(async () => expect(await waiting(queue)).toEqual({ visible: 0, hidden: 1 }))
  clock.advance(299)
  expect(counts).toEqual([1])
  await vi.waitFor(() => {
    clock.advance(1)
    expect(counts).toEqual([1, 2])
  })
})

test('a message that is never handled is received five times and then lies with the dead letters', async () => {
  const counts: number[] = []
  start(({ receiveCount }) => {
    counts.push(receiveCount)
    return Promise.reject(new Error('poison'))
  })
  await send('poison')
  await vi.waitFor(async () => {
    clock.advance(60)
    expect(await waiting(dead)).toEqual({ visible: 1, hidden: 0 })
  })
  expect(counts).toEqual([1, 2, 3, 4, 5])
  expect(logged).toHaveLength(5)
})

test('a message stays hidden while it is handled, however long that takes', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const answered: string[] = []
  sqs.middlewareStack.add(
    (next, context) => async (given) => {
      const result = await next(given)
      answered.push(context.commandName ?? '')
      return result
    },
    { step: 'initialize' },
  )
  const release = Promise.withResolvers<Handled>()
  const counts: number[] = []
  start(({ receiveCount }) => {
    counts.push(receiveCount)
    return release.promise
  })
  await send('slow')
  await vi.waitFor(() => expect(counts).toEqual([1]))
  for (let half = 1; half <= 6; half++) {
    clock.advance(30)
    vi.advanceTimersByTime(30_000)
    await vi.waitFor(() =>
      expect(answered.filter((name) => name === 'ChangeMessageVisibilityCommand')).toHaveLength(half),
    )
  }
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 0 }))
  expect(Messages).toBeUndefined()
  release.resolve('done')
  await vi.waitFor(async () => expect(await waiting(queue)).toEqual({ visible: 0, hidden: 0 }))
  expect(counts).toEqual([1])
})

test('no more messages are under way than was asked for', async () => {
  let [now, most, done] = [0, 0, 0]
  start(
    async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setImmediate(resolve))
      now--
      done++
      return 'done'
    },
    { concurrency: 3 },
  )
  await send(...Array.from({ length: 10 }, (_, index) => `message ${index}`))
  await vi.waitFor(() => expect(done).toBe(10))
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(3)
})

test('stopping cuts the poll at once and finishes what is under way', async () => {
  const release = Promise.withResolvers<Handled>()
  let begun = false
  const { stop } = start(() => {
    begun = true
    return release.promise
  })
  await send('last')
  await vi.waitFor(() => expect(begun).toBe(true))
  const stopped = stop()
  release.resolve('done')
  await stopped
  expect(await waiting(queue)).toEqual({ visible: 0, hidden: 0 })
})

test('a queue that does not answer is asked again, and the log says so', async () => {
  const real = queue
  queue = `${real}-missing`
  const { stop } = start(async () => 'done')
  await vi.waitFor(() => expect(logged).toEqual(['Receiving failed; retrying']))
  await stop()
  queue = real
})

test('while what it needs is down nothing is received, so no message wears out', async () => {
  await send('patient')
  let down = true
  const counts: number[] = []
  start(
    async ({ receiveCount }) => {
      counts.push(receiveCount)
      return 'done'
    },
    { ready: async () => (down ? Promise.reject(new Error('the database is down')) : undefined) },
  )
  await vi.waitFor(() => expect(logged).toEqual(['Receiving failed; retrying']))
  expect(await waiting(queue)).toEqual({ visible: 1, hidden: 0 })
  down = false
  await vi.waitFor(() => expect(counts).toEqual([1]), { timeout: 5000 })
})
