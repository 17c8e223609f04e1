import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, createPollingClients } from '@continuum/aws-resources'
import { connectDatabase } from '@continuum/service'
import type { Sql } from 'postgres'
import { expect, test, vi } from 'vitest'
import { startCutOff } from './cut-off.fixture.ts'
import { logger, settings, startDatabase } from '../web/dashboard.fixture.ts'
import { event, property, readyRun } from '../derive/history/messages.fixture.ts'
import { feedAfter } from '../store/messages.ts'
import { currentSections } from '../store/lists.ts'
import { openUnidentified } from '../store/unidentified.ts'
import { consumeEvents } from './consume-events.ts'

/** The consumer on a queue of aws-local and a real database. */

const patient = { timeout: 20_000 }

async function startQueue() {
  const aws = await startAwsLocal({ account: '000000000000' })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const { sqs } = createClients({ region: 'us-east-1' })
  const polling = createPollingClients({ region: 'us-east-1' })
  const create = async (name: string, attributes = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))).QueueUrl ?? ''
  const dead = await create('events-dead')
  const redrive = { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:events-dead', maxReceiveCount: 5 }
  const queueUrl = await create('events', { RedrivePolicy: JSON.stringify(redrive) })
  const stop = new AbortController()
  const running: Promise<void>[] = []
  return {
    send: (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body })),
    consume: (sql: Sql) => {
      const { PREVIEW_BASE_URL: previewBaseUrl } = settings
      const common = { queueUrl, queue: 'events', previewBaseUrl, consumers: 5, logger, signal: stop.signal }
      running.push(consumeEvents({ sqs: polling.sqs, sql, ...common }).stopped)
    },
    waiting: async () => {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
      )
      return names.reduce((sum, name) => sum + Number(Attributes[name]), 0)
    },
    deadLetters: async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead, VisibilityTimeout: 0 }))
      return Messages.map(({ Body }) => Body)
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await Promise.all(running)
      for (const client of [sqs, ...Object.values(polling)]) client.destroy()
      await aws.close()
      vi.unstubAllEnvs()
    },
  }
}

test('JSON, base64 and SNS envelopes are consumed, each message once', async () => {
  await using database = await startDatabase()
  await using queue = await startQueue()
  const start = JSON.stringify(event(0, 'Post EIF', 'start').message)
  const title = JSON.stringify(property(0, 'title', 'A good life').message)
  const end = JSON.stringify(event(1, 'Post EIF', 'end').message)
  await queue.send(start)
  await queue.send(start)
  await queue.send(Buffer.from(title).toString('base64').replaceAll(/.{60}/g, '$&\n'))
  await queue.send(Buffer.from(title).toString('base64'))
  await queue.send(JSON.stringify({ Type: 'Notification', TopicArn: 'arn:x', Message: end }))
  queue.consume(database.sql)
  await expect.poll(queue.waiting, patient).toBe(0)
  expect(await feedAfter(database.sql, 0, 10)).toHaveLength(3)
  expect((await currentSections(database.sql, {}, 10)).get('in-progress')?.rows).toMatchObject([
    { summary: { id: '00353', title: 'A good life', steps: [{ type: 'Post EIF', state: 'done' }] } },
  ])
})

test("several consumers of an article's first messages lose none", async () => {
  await using database = await startDatabase()
  await using queue = await startQueue()
  const messages = readyRun()
  for (const { message } of messages) await queue.send(JSON.stringify(message))
  queue.consume(database.sql)
  queue.consume(database.sql)
  await expect.poll(queue.waiting, patient).toBe(0)
  expect(await feedAfter(database.sql, 0, 100)).toHaveLength(messages.length)
  expect((await currentSections(database.sql, {}, 10)).get('uir')?.rows).toMatchObject([
    { summary: { id: '00353', publishable: true } },
  ])
})

test('an unreadable message is shown once, with the reason, and goes to the dead-letter queue', async () => {
  await using database = await startDatabase()
  await using queue = await startQueue()
  const bodies = [
    'nonsense',
    JSON.stringify({ message_type: 'surprise' }),
    JSON.stringify({ ...event(0, 'Post EIF', 'start').message, timestamp: 'yesterday' }),
    JSON.stringify({ ...event(0, 'Post EIF', 'start').message, version: '99999999999' }),
    JSON.stringify({ ...event(0, 'Post EIF', 'retry').message, retry_at: '2026-13-45T00:00:00Z' }),
    JSON.stringify({ ...property(0, 'x', 'not a number').message, property_type: 'int' }),
  ]
  for (const body of bodies) await queue.send(body)
  queue.consume(database.sql)
  const dead = new Set<string | undefined>()
  await expect
    .poll(async () => {
      for (const body of await queue.deadLetters()) dead.add(body)
      return dead.size
    }, patient)
    .toBe(bodies.length)
  const shown = (await openUnidentified(database.sql)).map(({ newest }) => newest)
  expect(shown.map(({ raw }) => raw).toSorted()).toEqual(bodies.toSorted())
  expect(shown.find(({ raw }) => raw === 'nonsense')).toMatchObject({
    source: 'events',
    reason: expect.stringContaining('neither a JSON object nor base64'),
  })
})

test('a message that cannot be read, or stored, does not fail those that arrive with it', async () => {
  await using database = await startDatabase()
  await using queue = await startQueue()
  // The database refuses what nobody expects: as a fault of ours would.
  await database.sql`alter table current_run add constraint refuses check (article <> '66666')`
  const good = Array.from({ length: 8 }, (_, index) =>
    event(index, 'Post EIF', 'start', { item_identifier: `0000${index}` }),
  )
  const refused = JSON.stringify(event(0, 'Post EIF', 'start', { item_identifier: '66666' }).message)
  for (const { message } of good.slice(0, 4)) await queue.send(JSON.stringify(message))
  for (const body of ['nonsense', refused]) await queue.send(body)
  for (const { message } of good.slice(4)) await queue.send(JSON.stringify(message))
  queue.consume(database.sql)
  const dead = new Set<string | undefined>()
  await expect
    .poll(async () => {
      for (const body of await queue.deadLetters()) dead.add(body)
      return dead.size
    }, patient)
    .toBe(2)
  await expect.poll(queue.waiting, patient).toBe(0)
  await database.sql`alter table current_run drop constraint refuses`
  expect(dead).toEqual(new Set(['nonsense', refused]))
  expect((await currentSections(database.sql, {}, 20)).get('in-progress')?.rows).toHaveLength(good.length)
  expect((await openUnidentified(database.sql)).map(({ newest }) => newest.reason).toSorted()).toEqual([
    expect.stringContaining('The message could not be processed'),
    expect.stringContaining('neither a JSON object nor base64'),
  ])
})

test('of messages that were sent together all that can be read are stored, and the others are shown', async () => {
  await using database = await startDatabase()
  await using queue = await startQueue()
  const messages = readyRun().map(({ message }) => message)
  const batch = (list: unknown[]) => JSON.stringify({ message_type: 'batch', messages: list })
  await queue.send(batch(messages.slice(0, 5)))
  await queue.send(Buffer.from(batch(messages.slice(4, 8))).toString('base64'))
  const spoilt = batch([...messages.slice(8), { ...messages[0], timestamp: 'yesterday', message_id: 'spoilt' }])
  await queue.send(spoilt)
  queue.consume(database.sql)
  await expect.poll(queue.deadLetters, patient).toEqual([spoilt])
  await expect.poll(queue.waiting, patient).toBe(0)
  expect(await feedAfter(database.sql, 0, 100)).toHaveLength(messages.length + 1)
  expect((await currentSections(database.sql, {}, 10)).get('uir')?.rows).toMatchObject([
    { summary: { id: '00353', publishable: true } },
  ])
  expect((await openUnidentified(database.sql)).map(({ newest }) => newest.reason)).toEqual([
    'Message 5 of the batch: "yesterday" is not a point in time',
  ])
})

test('characters that PostgreSQL cannot store are replaced', async () => {
  await using database = await startDatabase()
  await using queue = await startQueue()
  await queue.send(JSON.stringify(event(0, 'Post EIF', 'error', { message: 'a\0b\ud800c' }).message))
  queue.consume(database.sql)
  await expect
    .poll(
      async () => (await currentSections(database.sql, {}, 1)).get('error')?.rows[0]?.summary.failure?.message,
      patient,
    )
    .toBe('a\uFFFDb\uFFFDc')
})

test('while the database is unavailable no message is lost or sent to the dead-letter queue', async () => {
  await using database = await startDatabase()
  await using proxy = await startCutOff(database.url)
  const migrations = new URL('../store/migrations/', import.meta.url)
  const sql = await connectDatabase({ url: proxy.url, schema: 'dashboard', migrations, logger, max: 3 })
  await using queue = await startQueue()
  queue.consume(sql)
  await queue.send(JSON.stringify(event(0, 'Post EIF', 'start').message))
  await expect.poll(queue.waiting, patient).toBe(0)

  proxy.cut()
  for (let count = 1; count <= 12; count++) {
    await queue.send(JSON.stringify(event(count, 'Post EIF', 'end').message))
  }
  expect(await queue.waiting()).toBe(12)
  proxy.restore()
  await expect.poll(queue.waiting, patient).toBe(0)
  expect(await feedAfter(database.sql, 0, 100)).toHaveLength(13)
  expect(await queue.deadLetters()).toEqual([])
  await sql.end({ timeout: 0 })
})
