// Events from S3 to SQS, as the services that consume them see them.
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  UploadPartCommand,
  type QueueConfiguration,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { notifiable, startS3 } from '../testing/internal/s3-server.ts'

const QueueArn = 'arn:aws:sqs:us-east-1:123456789012:incoming'

async function withQueue() {
  const started = await startS3()
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const sqs = new SQSClient({ endpoint: started.server.url, region: 'us-east-1', credentials })
  onTestFinished(() => sqs.destroy())
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'incoming', Attributes: { Policy: notifiable(QueueArn) } }),
  )
  return {
    ...started,
    setPolicy: (Policy: string) => sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })),
    notify: (...QueueConfigurations: QueueConfiguration[]) =>
      started.s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket: started.Bucket,
          NotificationConfiguration: { QueueConfigurations },
        }),
      ),
    /** The messages in the queue. */
    received: async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      return Messages.map(({ Body = '' }) => JSON.parse(Body))
    },
  }
}

test('a new notification configuration sends s3:TestEvent, which has no Records', async () => {
  const { notify, received } = await withQueue()
  await notify({ QueueArn, Events: ['s3:ObjectCreated:*'] })
  const [event] = await received()
  expect(event).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b-1' })
  expect(event).not.toHaveProperty('Records')
})

test('a put sends one record with the key encoded, + for a space', async () => {
  const { notify, received, put } = await withQueue()
  await notify({ Id: 'all', QueueArn, Events: ['s3:ObjectCreated:Put'] })
  await received()
  const { ETag } = await put('folder/a b+ü.zip', 'hello')
  const [{ Records }] = await received()
  expect(Records).toMatchObject([
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventName: 'ObjectCreated:Put',
      s3: {
        configurationId: 'all',
        bucket: { name: 'b-1', arn: 'arn:aws:s3:::b-1' },
        object: { key: 'folder/a+b%2B%C3%BC.zip', size: 5, eTag: ETag?.replaceAll('"', '') },
      },
    },
  ])
  expect(Records[0].s3.object.sequencer).toMatch(/^[0-9A-F]{18}$/)
})

test('copies, multipart uploads and removals send events of their own, in a rising sequence', async () => {
  const { s3, Bucket, notify, received, put } = await withQueue()
  await notify({ QueueArn, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] })
  await received()
  await put('a', 'x')
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: 'b-1/a' }))
  const upload = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }))
  const target = { Bucket, Key: 'c', UploadId: upload.UploadId }
  const { ETag } = await s3.send(new UploadPartCommand({ ...target, PartNumber: 1, Body: 'y' }))
  await s3.send(
    new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }),
  )
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'missing' }))
  const records = (await received()).map(({ Records: [record] }) => record)
  expect(records.map(({ eventName }) => eventName)).toEqual([
    'ObjectCreated:Put',
    'ObjectCreated:Copy',
    'ObjectCreated:CompleteMultipartUpload',
    'ObjectRemoved:Delete',
  ])
  const sequence: string[] = records.map((record) => record.s3.object.sequencer)
  expect(sequence).toEqual(sequence.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(new Set(sequence).size).toBe(4)
})

test('filters by prefix and suffix', async () => {
  const { notify, received, put } = await withQueue()
  const rules = [
    { Name: 'prefix' as const, Value: 'in/' },
    { Name: 'suffix' as const, Value: '.zip' },
  ]
  await notify({ QueueArn, Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: rules } } })
  await received()
  for (const key of ['in/a.zip', 'in/a.txt', 'out/a.zip']) await put(key, 'x')
  expect((await received()).map(({ Records: [record] }) => record.s3.object.key)).toEqual(['in/a.zip'])
})

test('the configuration is replaced as a whole and returned unchanged', async () => {
  const { s3, Bucket, notify, received, put } = await withQueue()
  const given = { Id: 'zips', QueueArn, Events: ['s3:ObjectCreated:Put' as const] }
  await notify(given)
  expect((await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).QueueConfigurations).toEqual([
    given,
  ])
  await notify()
  await received()
  await put('k', 'x')
  expect(await received()).toEqual([])
})

test.each<[string, QueueConfiguration[]]>([
  ['a queue that is not there', [{ QueueArn: `${QueueArn}-2`, Events: ['s3:ObjectCreated:*'] }]],
  [
    'overlapping rules',
    [
      { QueueArn, Events: ['s3:ObjectCreated:*'] },
      { QueueArn, Events: ['s3:ObjectCreated:Put'] },
    ],
  ],
  ['an event of no use', [{ QueueArn, Events: ['s3:ReducedRedundancyLostObject'] }]],
])('%s is refused, and the old configuration stays', async (_, rules) => {
  const { s3, Bucket, notify, received } = await withQueue()
  await expect(notify(...rules)).rejects.toMatchObject({ name: 'InvalidArgument' })
  const { QueueConfigurations } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  expect(QueueConfigurations).toBeUndefined()
  expect(await received()).toEqual([])
})

test('a refused object sends nothing', async () => {
  const { notify, received, raw } = await withQueue()
  await notify({ QueueArn, Events: ['s3:ObjectCreated:*'] })
  await received()
  await raw('/b-1/k', { method: 'PUT', body: 'x', headers: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } })
  expect(await received()).toEqual([])
})

test('a queue whose policy does not allow S3 is refused, and gets nothing once it no longer does', async () => {
  const { setPolicy, notify, received, put } = await withQueue()
  await setPolicy('')
  const rule = { QueueArn, Events: ['s3:ObjectCreated:*' as const] }
  await expect(notify(rule)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
  })
  await setPolicy(notifiable(QueueArn))
  await notify(rule)
  await setPolicy('')
  await put('unheard', 'x')
  await setPolicy(notifiable(QueueArn))
  await put('heard', 'x')
  const [, ...events] = await received()
  expect(events.map(({ Records }) => Records[0].s3.object.key)).toEqual(['heard'])
})
