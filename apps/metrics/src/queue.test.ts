import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, createPollingClients, namesOf, provision, queueUrl } from '@continuum/aws-resources'
import { identityOf } from '@continuum/usage'
import { expect, test, vi } from 'vitest'
import { startRecounting } from './recount-loop.ts'
import { consumeUsage } from './intake/consume-usage.ts'
import { logFile, logger, logLine, startMetrics, type MetricsUnderTest } from './metrics.fixture.ts'

/** The consumer on a provisioned environment of aws-local, and a real database. */

const names = namesOf({ prefix: 'test-', organisation: 'journal' })
const patient = { timeout: 30_000 }

async function startQueue(metrics: MetricsUnderTest) {
  const aws = await startAwsLocal({ account: '000000000000' })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const polling = createPollingClients({ region: 'us-east-1' })
  await provision(clients, names)
  const url = await queueUrl(clients.sqs, names.queues.usage)
  const stop = new AbortController()
  const recounting = startRecounting(metrics.sql, { logger, signal: stop.signal, seconds: 0.05 })
  const consumer = consumeUsage({
    context: metrics.context,
    sqs: polling.sqs,
    s3: clients.s3,
    queueUrl: url,
    waitSeconds: 1,
    onTaken: recounting.taken,
    logger,
    signal: stop.signal,
  })
  return {
    aws,
    send: (message: unknown) =>
      clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: typeof message === 'string' ? message : JSON.stringify(message),
        }),
      ),
    put: (key: string, body: Buffer) =>
      clients.s3.send(new PutObjectCommand({ Bucket: names.buckets.logs, Key: key, Body: body })),
    waiting: async (queue = names.queues.usage) => {
      const attributes = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
      const { Attributes = {} } = await clients.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: await queueUrl(clients.sqs, queue),
          AttributeNames: [...attributes],
        }),
      )
      return attributes.reduce((sum, name) => sum + Number(Attributes[name]), 0)
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await Promise.all([consumer.stopped, recounting.stopped])
      for (const client of [...Object.values(clients), ...Object.values(polling)]) client.destroy()
      await aws.close()
      vi.unstubAllEnvs()
    },
  }
}

function hitOf(at: string, reader: string) {
  const user = identityOf(Buffer.alloc(32), { address: reader, userAgent: 'Firefox' })
  return { id: randomUUID(), at, article: '00353', use: 'full', link: 'site/articles/00353', user }
}

test('hits are counted once, however often their message comes; a log file that arrives in its bucket is counted too', async () => {
  await using metrics = await startMetrics()
  await using queue = await startQueue(metrics)
  const message = { type: 'usage', hits: [hitOf('2026-03-10T10:00:00Z', 'a'), hitOf('2026-03-10T10:00:00Z', 'b')] }
  queue.aws.faults.add({ service: 'sqs', fault: 'duplicate delivery' })
  for (const _ of [1, 2, 3]) await queue.send(message)
  await queue.put('cdn/E1.2026-03-10-10.abc.gz', gzipSync(logFile(logLine({ at: '2026-03-10T10:00:00Z' }))))
  await expect.poll(() => queue.waiting(), patient).toBe(0)
  await expect.poll(() => metrics.usage('2026-03-10'), patient).toMatchObject({ full: 2, pdf: 1, tii: 3 })
})

test('of the log bucket only that is counted of which nobody else counts: not the balancer, not the site that counts itself', async () => {
  await using metrics = await startMetrics()
  await using queue = await startQueue(metrics)
  const log = gzipSync(logFile(logLine({ at: '2026-03-10T10:00:00Z' })))
  await queue.put('journal/E2.2026-03-10-10.abc.gz', log)
  await queue.put('load-balancer/AWSLogs/123456789012/elasticloadbalancing/us-east-1/2026/03/10/a.log.gz', log)
  await queue.put('cdn/E1.2026-03-10-10.abc.gz', log)
  await expect.poll(() => metrics.sql`select name from log_file`, patient).toHaveLength(1)
  await expect.poll(() => queue.waiting(), patient).toBe(0)
  expect(await metrics.sql`select name from log_file`).toMatchObject([{ name: expect.stringContaining('/cdn/E1') }])
  expect(await queue.waiting(names.deadLetters.usage)).toBe(0)
})

test('a message that cannot be understood goes to the dead-letter queue, and does not stop the others', async () => {
  await using metrics = await startMetrics()
  await using queue = await startQueue(metrics)
  await queue.send('nonsense')
  await queue.send({ type: 'usage', hits: [{ ip: '192.0.2.1' }] })
  await queue.send({ type: 'usage', hits: [hitOf('2026-03-10T10:00:00Z', 'a')] })
  await expect.poll(() => queue.waiting(names.deadLetters.usage), patient).toBe(2)
  await expect.poll(() => queue.waiting(), patient).toBe(0)
  await expect.poll(() => metrics.usage('2026-03-10'), patient).toMatchObject({ tii: 1 })
})
