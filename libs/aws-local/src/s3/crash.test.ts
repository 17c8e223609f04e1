// Acknowledged writes survive kill -9; unacknowledged ones leave nothing behind.
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { notifiable, spawnAwsLocal } from '../testing/internal/s3-server.ts'

const Bucket = 'b-1'

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

test('everything acknowledged survives kill -9 under load: objects, events, messages', async () => {
  const data = await mkdtemp(join(tmpdir(), 'aws-local-crash-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  const first = await spawnAwsLocal(data)
  const QueueArn = 'arn:aws:sqs:us-east-1:123456789012:events'
  const { QueueUrl } = await first.sqs.send(
    new CreateQueueCommand({ QueueName: 'events', Attributes: { Policy: notifiable(QueueArn) } }),
  )
  await first.s3.send(new CreateBucketCommand({ Bucket }))
  const QueueConfigurations = [{ QueueArn, Events: ['s3:ObjectCreated:*' as const] }]
  await first.s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { QueueConfigurations } }),
  )

  const objects = new Map<string, string>()
  const messages = new Set<string>()
  const load = Array.from({ length: 8 }, async (_, lane) => {
    for (let at = 0; ; at++) {
      const [Key, Body] = [`${lane}/${at % 5}`, randomBytes(200_000)]
      // A key being written may have the old or the new content.
      objects.delete(Key)
      await first.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      objects.set(Key, md5(Body))
      await first.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${lane}/${at}` }))
      messages.add(`${lane}/${at}`)
      if (messages.size === 100) first.process.kill('SIGKILL')
    }
  })
  await Promise.allSettled(load)
  expect(messages.size).toBeGreaterThanOrEqual(100)

  const second = await spawnAwsLocal(data)
  for (const [Key, hash] of objects) {
    const { Body } = await second.s3.send(new GetObjectCommand({ Bucket, Key }))
    expect(md5((await Body?.transformToByteArray()) ?? new Uint8Array())).toBe(hash)
  }
  const found = new Set<string>()
  const announced = new Set<string>()
  for (;;) {
    const { Messages = [] } = await second.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    if (Messages.length === 0) break
    for (const { Body = '' } of Messages) {
      if (Body.startsWith('{')) announced.add(JSON.parse(Body).Records?.[0].s3.object.key)
      else found.add(Body)
    }
  }
  expect([...messages].filter((message) => !found.has(message))).toEqual([])
  expect([...objects.keys()].filter((key) => !announced.has(key))).toEqual([])

  // The sweep at start has kept the files of the rows: one for each object.
  const folders = readdirSync(join(data, 'objects'), { recursive: true, withFileTypes: true })
  const files = folders.filter((entry) => entry.isFile())
  expect(files.length).toBeLessThanOrEqual(40)
  expect(files.filter((entry) => entry.parentPath.endsWith('incoming'))).toEqual([])
})
