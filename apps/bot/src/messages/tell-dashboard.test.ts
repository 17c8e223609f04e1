import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { readDashboardMessages } from '@continuum/messages'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { runEvent, runProperty } from './run-messages.ts'
import { createTellDashboard, type TellDashboard } from './tell-dashboard.ts'

const run = { articleId: '00007', version: 1, run: 'r-1' }
const event = (id: string, message = '') =>
  runEvent(run, { event_type: 'Bend River', status: 'start', message, message_id: id })

let sqs: SQSClient
let queue: string
let tell: TellDashboard

beforeEach(async () => {
  const aws = await startAwsLocal({})
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  sqs = new SQSClient({ endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  onTestFinished(async () => {
    sqs.destroy()
    await aws.close()
    vi.restoreAllMocks()
  })
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))).QueueUrl ?? ''
  tell = createTellDashboard(sqs, queue)
})

/** Receives all messages of the queue. */
async function bodies(): Promise<string[]> {
  const found: string[] = []
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }))
    if (Messages.length === 0) return found
    found.push(...Messages.map(({ Body = '' }) => Body))
  }
}

const idsOf = (body: string) => readDashboardMessages(body).messages.map(({ message_id }) => message_id)

test('a message told alone goes as it is, as in the original system', async () => {
  const message = event('alone')
  await tell(message)
  expect((await bodies()).map((body) => JSON.parse(body))).toEqual([message])
})

test('what is told together, or at the same time, is one message of the queue, in order', async () => {
  const property = runProperty(run, { name: 'title', value: 'Rivers', message_id: 'p1' })
  await Promise.all([tell(event('e1'), property), tell(event('e2'))])
  expect((await bodies()).map(idsOf)).toEqual([['e1', 'p1', 'e2']])
})

test('of many messages each is told once, in few messages of the queue', async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `e${index}`)
  await Promise.all(ids.map((id) => tell(event(id))))
  const sent = await bodies()
  expect(sent.flatMap(idsOf).toSorted()).toEqual(ids.toSorted())
  expect(sent.length).toBeLessThanOrEqual(10)
})

test('large messages are told apart: each body is one that SQS takes', async () => {
  const messages = Array.from({ length: 6 }, (_, index) => event(`e${index}`, 'ü'.repeat(40_000)))
  await tell(...messages)
  const sent = await bodies()
  expect(sent.flatMap(idsOf).toSorted()).toEqual(messages.map(({ message_id }) => message_id))
  expect(sent.every((body) => Buffer.byteLength(body) <= 262_144)).toBe(true)
  expect(sent.length).toBeGreaterThan(1)
})

test('whoever tells something learns that the queue did not take it, and the next is told', async () => {
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queue }))
  const outcomes = await Promise.allSettled([tell(event('e1')), tell(event('e2'))])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
  await tell(event('e3'))
  expect((await bodies()).map(idsOf)).toEqual([['e3']])
})
