import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision, queueUrl } from '@continuum/aws-resources'
import { readDashboardMessages, type DashboardMessage } from '@continuum/messages'
import { createLogger, createServiceHealth, readSettings } from '@continuum/service'
import { testDatabase } from '@continuum/service/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import { listKeys } from './worker/files/objects.ts'
import { runDecider } from './decider/decider.ts'
import { runQueueWorker } from './queue-worker/queue-worker.ts'
import { runWorker } from './worker/worker.ts'
import { runWorkflowStarter } from './workflow-starter/workflow-starter.ts'
import { BotSettings } from '@continuum/settings'
import { journalSettings, samplePackage } from '@continuum/package/testing'
import { startStandIn, whenAllGoesWell, type ReceivedRequest } from './testing/stand-in.ts'

/** All processes of the bot, in this one, on an AWS of their own; lax and the site are stand-ins that record their requests. */
async function startBot() {
  const aws = await startAwsLocal({ pollSeconds: 1 })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const names = namesOf({ prefix: 'test-', organisation: 'continuum' })
  await provision(clients, names)

  const versions: Record<string, object> = {}
  const services = await startStandIn((request: ReceivedRequest) => {
    const publication = /versions\/(\d+)$/.exec(request.url)
    if (request.method === 'POST' && publication) versions[publication[1] ?? ''] = {}
    if (request.url.endsWith('/version/') && Object.keys(versions).length > 0) return { json: versions }
    return whenAllGoesWell(request)
  })
  const database = await testDatabase()
  const settings = readSettings(BotSettings, {
    PREFIX: 'test-',
    JOURNALS: JSON.stringify([journalSettings]),
    LAX_URL: services.url,
    LAX_TOKEN: 'a token',
    SITE_URL: services.url,
    SITE_USER: 'bot',
    SITE_PASSWORD: 'secret',
    CDN_URL: 'https://cdn.example.org',
    DEPOSITS_URL: services.url,
    DEPOSITS_TOKEN: 'the token of the deposits',
    PUBLICATION_BY_DELIVERY: 'true',
    HEARTBEAT: '10s',
  })
  const stopping = new AbortController()
  const closing: (() => unknown)[] = []
  const options = {
    settings: { ...settings, STOP_SECONDS: 2 },
    logger: createLogger({ service: 'bot', level: 'silent' }),
    signal: stopping.signal,
    onClose: (close: () => unknown) => void closing.push(close),
  }
  const healths = ['decider', 'worker', 'queue-worker', 'workflow-starter'].map(createServiceHealth)
  const health = (name: string) => healths.find((each) => each.name === name) ?? createServiceHealth(name)
  await Promise.all([
    runDecider({ ...options, health: health('decider') }),
    runWorker({ ...options, health: health('worker') }),
    runQueueWorker({ ...options, health: health('queue-worker') }),
    runWorkflowStarter({
      ...options,
      health: health('workflow-starter'),
      settings: { ...options.settings, DATABASE_URL: database.url },
    }),
  ])
  onTestFinished(async () => {
    stopping.abort()
    for (const close of closing.toReversed()) await close()
    for (const client of Object.values(clients)) client.destroy()
    await aws.close()
    await database[Symbol.asyncDispose]()
    vi.unstubAllEnvs()
  })

  const told: DashboardMessage[] = []
  const events = await queueUrl(clients.sqs, names.queues.events)
  const { sqs, s3 } = clients
  /** Reads the messages to the dashboard until so many of them match. */
  const until = async (is: (message: DashboardMessage) => boolean, times = 1) => {
    while (told.filter(is).length < times) {
      const query = new ReceiveMessageCommand({ QueueUrl: events, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 })
      for (const { Body = '', ReceiptHandle } of (await sqs.send(query)).Messages ?? []) {
        told.push(...readDashboardMessages(Body).messages)
        await sqs.send(new DeleteMessageCommand({ QueueUrl: events, ReceiptHandle }))
      }
    }
    return told.filter(is)
  }
  return {
    clients,
    names,
    healths,
    told,
    until,
    keys: (bucket: string) => listKeys(s3, bucket, '', stopping.signal),
    deliver: async (key: string, body: Buffer, Metadata: Record<string, string> = {}) =>
      s3.send(new PutObjectCommand({ Bucket: names.buckets.production, Key: key, Body: body, Metadata })),
    dead: async (queue: string) => {
      const query = { QueueUrl: await queueUrl(sqs, queue), MessageAttributeNames: ['All'], WaitTimeSeconds: 5 }
      return (await sqs.send(new ReceiveMessageCommand(query))).Messages ?? []
    },
    send: async (queue: string, body: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: await queueUrl(sqs, queue), MessageBody: body })),
  }
}

const event = (type: string, status: string) => (message: DashboardMessage) =>
  message.message_type === 'event' && message.event_type === type && message.status === status

test('two deliveries of one article, published by themselves, become versions 1 and 2, one after the other', async () => {
  const bot = await startBot()
  const automatic = { publication: 'automatic' }
  await bot.deliver('journal-00007-vor-r1.zip', await samplePackage(), automatic)
  await bot.deliver('journal-00007-vor-r2.zip', await samplePackage({ 'journal-00007-data1.csv': 'a' }), automatic)
  const ends = await bot.until(event('Post Publication', 'end'), 2)
  expect(ends.map((message) => Object(message).version)).toEqual([1, 2])
  expect(bot.told.filter(event('Waiting', 'start'))).toHaveLength(1)
  expect(bot.told.filter((message) => Object(message).status === 'error')).toEqual([])
  const { archive, cdn } = bot.names.buckets
  expect(await bot.keys(archive)).toEqual([
    'journal-00007-vor-v1-20121213000000.zip',
    'journal-00007-vor-v2-20121213000000.zip',
  ])
  expect(await bot.keys(cdn)).toEqual(
    expect.arrayContaining(['00007/journal-00007-fig1-v1-600w.jpg', '00007/journal-00007-fig1-v2-600w.jpg']),
  )
})

test('a package that is not fit fails with its reason, and the next one goes through', async () => {
  const bot = await startBot()
  await bot.deliver('journal-00007-vor-r1.zip', Buffer.from('not a zip'))
  const [failure] = await bot.until((message) => Object(message).status === 'error')
  expect(failure).toMatchObject({
    event_type: 'Expand Article',
    version: 1,
    message: expect.stringContaining('not a zip'),
  })
  await bot.deliver('journal-00007-vor-r1.zip', await samplePackage())
  await bot.until(event('Ready To Publish', 'end'))
  expect(bot.told.findLast((message) => Object(message).name === 'publication-status')).toMatchObject({
    value: 'ready to publish',
  })
})

test('a file that is not a package, and a message that is not one, go to the dead-letter queue and the dashboard', async () => {
  const bot = await startBot()
  await bot.deliver('notes.txt', Buffer.from('hello'))
  await bot.send(bot.names.queues.starter, 'not a message')
  await bot.until((message) => message.message_type === 'unidentified-delivery', 2)
  const [delivery] = await bot.dead(bot.names.deadLetters.incoming)
  expect(delivery?.Body).toContain('"key":"notes.txt"')
  expect(delivery?.MessageAttributes?.['reason']?.StringValue).toContain('No rule matches "notes.txt"')
  const [asked] = await bot.dead(bot.names.deadLetters.starter)
  expect(asked?.Body).toBe('not a message')
})

test('each process tells what it polls, and a poll that is answered is its sign of life', async () => {
  const before = Temporal.Now.instant()
  const bot = await startBot()
  const pollersOf = bot.healths.map((health) => [health.name, health.pollers().map(({ name }) => name)])
  expect(Object.fromEntries(pollersOf)).toEqual({
    decider: ['decisions'],
    worker: ['activities', 'images'],
    'queue-worker': ['test-incoming-queue'],
    'workflow-starter': ['test-workflow-starter-queue'],
  })
  for (const { checks, lastSignOfLife } of bot.healths) {
    await checks()['polling']?.()
    expect(Temporal.Instant.compare(lastSignOfLife() ?? before, before)).toBeGreaterThanOrEqual(0)
  }
})
