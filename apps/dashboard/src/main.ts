import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { createClients, createPollingClients, namesOf, queueUrl } from '@continuum/aws-resources'
import { connectDatabase, runService, serve, startHealth, type Start } from '@continuum/service'
import type { Sql } from 'postgres'
import { consumeEvents } from './consume/consume-events.ts'
import { healthOf, type Health } from './health.ts'
import { listenForChanges } from './live/changes.ts'
import { sendRequests } from './publish/outbox.ts'
import { startClock } from './schedule/clock.ts'
import { DashboardSettings } from '@continuum/settings'
import { refreshOutdated } from './store/refresh-outdated.ts'
import { createWeb } from './web.ts'

type Given = Start<DashboardSettings>

/** `web`, `consumer`, or neither for both in one process. */
const part = process.argv[2]
if (part !== undefined && part !== 'web' && part !== 'consumer') {
  process.stderr.write(`dashboard: there is no part ${part}; say web, consumer, or nothing for both\n`)
  process.exit(2)
}

await runService('dashboard', DashboardSettings, async (given) => {
  const { settings, logger, onClose } = given
  const migrations = new URL('store/migrations/', import.meta.url)
  const { DATABASE_URL, DATABASE_PASSWORD_SECRET: passwordSecret } = settings
  const sql = await connectDatabase({
    url: DATABASE_URL,
    passwordSecret,
    schema: 'dashboard',
    migrations,
    logger,
    max: 15,
  })
  onClose(() => sql.end({ timeout: 1 }))
  if (part === 'web') return startWeb(given, sql, healthOf(sql))
  const consumer = await startConsumer(given, sql)
  const health = healthOf(sql, consumer)
  if (part === undefined) return startWeb(given, sql, health)
  const { HOST: host, PORT: port } = settings
  const { checks } = health
  const { lastSignOfLife } = consumer
  const { url, close } = await startHealth({ host, port, name: 'dashboard', logger, checks, lastSignOfLife })
  onClose(close)
  return { url }
})

/** The process that takes in what the bot says and keeps the rows of the lists, and that publishes by the clock. */
async function startConsumer(given: Given, sql: Sql) {
  const { settings, logger, signal, onClose } = given
  await refreshOutdated(sql, settings.PREVIEW_BASE_URL, logger)
  const queue = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION }).queues.events
  const { sqs } = createPollingClients({ region: settings.AWS_REGION })
  const consumer = consumeEvents({
    sqs,
    queueUrl: await queueUrl(sqs, queue),
    queue,
    sql,
    previewBaseUrl: settings.PREVIEW_BASE_URL,
    consumers: settings.EVENT_CONSUMERS,
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  const sendAll = await requestSender(given, sql)
  const clock = startClock({ sql, previewBaseUrl: settings.PREVIEW_BASE_URL, sendRequests: sendAll, logger })
  onClose(clock.stop)
  return consumer
}

/** The process that people and machines talk to, and that sends at once what they ask for. */
async function startWeb(given: Given, sql: Sql, health: Health): Promise<{ url: string }> {
  const { settings, logger, onClose } = given
  const changes = await listenForChanges(sql)
  onClose(changes.close)
  const sendAll = await requestSender(given, sql)
  const app = await createWeb({ sql, settings, logger, changes, sendRequests: sendAll }, health)
  const { url, close } = await serve(app, settings)
  onClose(close)
  return { url }
}

/** Sends the publication requests that are kept to the workflow starter queue. */
async function requestSender({ settings, logger }: Given, sql: Sql): Promise<() => Promise<void>> {
  const { sqs } = createClients({ region: settings.AWS_REGION })
  const { starter } = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION }).queues
  const url = await queueUrl(sqs, starter)
  const send = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }))
  return () => sendRequests(sql, send, logger)
}
