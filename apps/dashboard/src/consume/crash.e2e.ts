import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startAwsLocal, virtualClock } from '@continuum/aws-local'
import { namesOf } from '@continuum/aws-resources'
import { expect, onTestFinished, test } from 'vitest'
import { currentSections } from '../store/lists.ts'
import { readyRun } from '../derive/history/messages.fixture.ts'
import { settings, startDatabase } from '../web/dashboard.fixture.ts'

/** The consumer as a process of its own, killed in the middle of a transaction of many messages, and right after one. */

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))
const { queues } = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION })
const patient = { timeout: 30_000 }

function startConsumer(database: string, endpoint: string) {
  const texts = Object.entries(settings).filter(([, value]) => typeof value === 'string')
  const child = spawn(process.execPath, [entry, 'consumer'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...Object.fromEntries(texts),
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      DATABASE_URL: database,
      JOURNALS: JSON.stringify(settings.JOURNALS),
      PORT: '0',
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ready = new Promise<void>((resolve) =>
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve()
    }),
  )
  const ended = once(child, 'close')
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { ready, kill }
}

/** An environment of aws-local whose clock stands still, with the queues of the consumer. */
async function startQueues(stack: AsyncDisposableStack) {
  const clock = virtualClock(Date.UTC(2026, 10, 23, 12))
  const aws = await startAwsLocal({ clock })
  stack.defer(() => aws.close())
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const sqs = new SQSClient({ endpoint: aws.url, region: settings.AWS_REGION, credentials })
  stack.defer(() => sqs.destroy())
  await sqs.send(new CreateQueueCommand({ QueueName: queues.starter }))
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queues.events }))
  return {
    aws,
    clock,
    send: async (messages: readonly object[]) => {
      for (const message of messages) {
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }))
        clock.advance(1)
      }
    },
    waiting: async () => {
      const query = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })
      const { Attributes = {} } = await sqs.send(query)
      const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } = Attributes
      return Number(visible) + Number(hidden)
    },
  }
}

test('killed in the middle of a transaction, and before it deletes, it loses no message and doubles none', async () => {
  await using stack = new AsyncDisposableStack()
  const { url, sql } = stack.use(await startDatabase())
  const queue = await startQueues(stack)
  const articles = ['00353', '04970', '09003', '10856', '12345']
  const messages = articles.flatMap((article) => readyRun(0, { article, run: `run-of-${article}` }))
  const storedIds = async () =>
    (await sql<{ message_id: string }[]>`select message_id from message order by message_id`).map(
      (row) => row.message_id,
    )
  const waitingForLock = async () => {
    const rows = await sql`
      select from pg_locks join pg_class on pg_class.oid = relation where relname = 'article' and not granted`
    return rows.length
  }

  const first = startConsumer(url, queue.aws.url)
  await first.ready
  await sql.begin(async (transaction) => {
    await transaction`lock table article in access exclusive mode`
    await queue.send(messages.map(({ message }) => message))
    // It has inserted messages, and waits to write the rows of their articles.
    await expect.poll(waitingForLock, patient).toBeGreaterThan(0)
    await first.kill()
  })
  await expect.poll(waitingForLock, patient).toBe(0)
  expect(await storedIds()).toEqual([])
  expect(await queue.waiting()).toBe(messages.length)

  queue.aws.faults.add({ service: 'sqs', operation: 'DeleteMessageBatch', fault: 'failure' })
  queue.clock.advance(60_000)
  const second = startConsumer(url, queue.aws.url)
  const ids = messages.map(({ message }) => message.message_id).toSorted()
  await expect.poll(storedIds, patient).toEqual(ids)
  await second.kill()
  expect(await queue.waiting()).toBe(messages.length)

  queue.aws.faults.clear()
  const third = startConsumer(url, queue.aws.url)
  await third.ready
  queue.clock.advance(60_000)
  await expect.poll(queue.waiting, patient).toBe(0)
  await third.kill()
  expect(await storedIds()).toEqual(ids)
  const { rows = [] } = (await currentSections(sql, {}, 10)).get('uir') ?? {}
  expect(rows.map(({ summary }) => summary.id).toSorted()).toEqual(articles)
})
