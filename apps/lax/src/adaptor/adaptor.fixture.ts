import type { Journal } from '@continuum/article'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { startAwsLocal, virtualClock } from '@continuum/aws-local'
import { consume, createClients, createPollingClients, namesOf, provision, queueUrl } from '@continuum/aws-resources'
import { journal } from '@continuum/package/testing'
import { createLogger, createServiceHealth } from '@continuum/service'
import { onTestFinished, vi } from 'vitest'
import { startLax } from '../lax.fixture.ts'
import { requestHandler } from './answer-requests.ts'
import { countRequests } from './counts.ts'
import { locationReader } from './locations.ts'

export const names = namesOf({ prefix: 'test-', organisation: 'continuum' })
export const bucketUrl = `https://s3-external-1.amazonaws.com/${names.buckets.expanded}`

/** A provisioned environment of aws-local, whose clock stands still. */
export async function startQueues() {
  const clock = virtualClock(Date.UTC(2016, 9, 5, 12))
  const aws = await startAwsLocal({ clock })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  const polling = createPollingClients({ region: 'us-east-1' })
  onTestFinished(async () => {
    for (const client of [...Object.values(clients), ...Object.values(polling)]) client.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  await provision(clients, names, () => undefined)
  const url = (name: string) => queueUrl(clients.sqs, name)
  const replies = await url(names.queues.laxReplies)
  const requests = await url(names.queues.laxRequests)
  return {
    aws,
    clock,
    clients,
    polling,
    url,
    /** The bodies that lie on a queue, in their order. */
    bodies: (name: string) =>
      aws
        .queue(name)
        .messages()
        .map(({ body }) => body),
    send: async (message: unknown) => {
      const MessageBody = typeof message === 'string' ? message : JSON.stringify(message)
      await clients.sqs.send(new SendMessageCommand({ QueueUrl: requests, MessageBody }))
    },
    /** Takes the next reply from its queue, with the code beside it. */
    reply: async (): Promise<{ [key: string]: unknown }> => {
      const received = await vi.waitFor(
        async () => {
          const { Messages: [message] = [] } = await clients.sqs.send(
            new ReceiveMessageCommand({ QueueUrl: replies, MessageAttributeNames: ['All'], WaitTimeSeconds: 0 }),
          )
          if (!message) throw new Error('no reply yet')
          return message
        },
        { timeout: 10_000, interval: 20 },
      )
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: replies, ReceiptHandle: received.ReceiptHandle }))
      const code = received.MessageAttributes?.['code']?.StringValue
      return { ...JSON.parse(received.Body ?? ''), ...(code !== undefined && { code }) }
    },
    put: (key: string, body: string | Uint8Array, s3: S3Client = clients.s3) =>
      s3.send(new PutObjectCommand({ Bucket: names.buckets.expanded, Key: key, Body: body })),
  }
}

/** A store, and the adaptor before it, on queues of their own, for the articles of the sample journal or of others. */
export async function startAdaptorTest(options: { filesRoot?: string; journals?: readonly Journal[] } = {}) {
  const { filesRoot, journals = [journal] } = options
  const lax = await startLax('2016-10-05T12:00:00Z', journals)
  await lax.sql`truncate queue_reply`
  const queues = await startQueues()
  const { clients, polling, url } = queues
  const stopping = new AbortController()
  const logger = createLogger({ service: 'lax-adaptor', level: 'silent' })
  const { registry } = createServiceHealth('lax-adaptor')
  const counts = countRequests(registry)
  const consumer = consume({
    sqs: polling.sqs,
    queueUrl: await url(names.queues.laxRequests),
    visibilityTimeout: 60,
    waitSeconds: 20,
    concurrency: 1,
    handle: requestHandler({
      sql: lax.sql,
      sqs: clients.sqs,
      journals,
      cdnUrl: 'https://cdn.example.org',
      readLocation: locationReader({ s3: clients.s3, bucket: names.buckets.expanded, filesRoot }),
      now: () => lax.clock.now,
      queue: names.queues.laxRequests,
      urls: {
        replies: await url(names.queues.laxReplies),
        deadLetters: await url(names.deadLetters.laxRequests),
        events: await url(names.queues.events),
      },
      counts,
      logger,
    }),
    logger,
    signal: stopping.signal,
  })
  onTestFinished(async () => {
    stopping.abort()
    await consumer.stopped
    await lax[Symbol.asyncDispose]()
  })
  return { ...queues, lax, registry }
}
