import {
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3'
import {
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs'
import { DeprecateDomainCommand, DescribeDomainCommand } from '@aws-sdk/client-swf'
import { beforeEach, expect, test } from 'vitest'
import type { Clients } from '../connect/clients.ts'
import { namesOf, queueRoles } from '../declare/names.ts'
import { bucketPolicy } from '../declare/policies.ts'
import { queueUrl } from '../connect/queue-url.ts'
import { startTestAws } from '../test-aws.fixture.ts'
import { hasTls, provision, type Provisioned } from './provision.ts'

const names = namesOf({ prefix: 'ct-', organisation: 'elife' })
let clients: Clients
let url: string

beforeEach(async () => {
  ;({
    clients,
    aws: { url },
  } = await startTestAws())
})

async function attributesOf(queue: string): Promise<Record<string, string>> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await queueUrl(clients.sqs, queue), AttributeNames: ['All'] }),
  )
  return Attributes
}

async function drainIncoming(): Promise<string[]> {
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: await queueUrl(clients.sqs, names.queues.incoming),
      MaxNumberOfMessages: 10,
    }),
  )
  return Messages.map(({ Body = '' }) => Body)
}

function made(things: Provisioned[]): Provisioned[] {
  return things.filter(({ outcome }) => outcome === 'created')
}

const kindsOf = (things: Provisioned[]) => new Set(things.map(({ kind }) => kind))

test('all is made once, and each thing is told as it is done', async () => {
  const told: Provisioned[] = []
  const things = await provision(clients, names, (thing) => told.push(thing))
  expect(told).toEqual(things)
  const { bucket, queue, domain, ...others } = Object.groupBy(made(things), ({ kind }) => kind)
  expect([bucket?.length, queue?.length, domain?.length]).toEqual([8, 14, 1])
  expect(Object.keys(others)).toEqual(
    expect.arrayContaining(['bucket policy', 'CORS', 'dead letters', 'queue policy', 'notification']),
  )
  expect(made(await provision(clients, names))).toEqual([])
})

test('a setting that aws-local lacks is reported as not supported, and the rest is created', async () => {
  const things = await provision(clients, names)
  const notSupported = things.filter(({ outcome }) => outcome === 'not supported')
  expect(kindsOf(notSupported)).toEqual(new Set(['encryption', 'versioning', 'lifecycle']))
  expect(kindsOf(made(things))).not.toContain('encryption')
})

test('the rules of a notification are the same in whatever order S3 has them', async () => {
  const counted = { countedLogs: ['cdn', 'journal'] } as const
  await provision(clients, names, undefined, counted)
  const Bucket = names.buckets.logs
  const { QueueConfigurations = [] } = await clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  const turned = { QueueConfigurations: QueueConfigurations.toReversed() }
  await clients.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: turned }))
  const held = await clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  expect(held.QueueConfigurations?.map(({ Id }) => Id)).toEqual(['NewS3Object-journal', 'NewS3Object-cdn'])
  expect(made(await provision(clients, names, undefined, counted))).toEqual([])
})

test('a notification of a whole bucket gives way to those of its prefixes, which S3 would not have beside it', async () => {
  await provision(clients, names)
  const Bucket = names.buckets.logs
  const held = await clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  const [one] = held.QueueConfigurations ?? []
  const former = { Id: 'NewS3Object', QueueArn: one?.QueueArn, Events: one?.Events }
  await clients.s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: { QueueConfigurations: [former] },
    }),
  )
  const counted = { countedLogs: ['cdn', 'journal'] as const }
  expect(made(await provision(clients, names, undefined, counted))).toMatchObject([{ kind: 'notification' }])
  const { QueueConfigurations = [] } = await clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  expect(QueueConfigurations.map(({ Filter }) => Filter?.Key?.FilterRules?.map(({ Value }) => Value))).toEqual([
    ['cdn/'],
    ['journal/'],
  ])
  expect(made(await provision(clients, names, undefined, counted))).toEqual([])
})

test('who of AWS may write into a bucket stays, and what it must not let in does not', async () => {
  await provision(clients, names)
  const Bucket = names.buckets.logs
  const { Policy = '' } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }))
  const { Version, Statement } = JSON.parse(Policy)
  const common = { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*` }
  const writer = { Sid: 'BucketLogs', Principal: { Service: 'logging.s3.amazonaws.com' }, ...common }
  const put = (...more: object[]) =>
    clients.s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version, Statement: [...Statement, ...more] }) }),
    )
  await put(writer)
  expect(made(await provision(clients, names))).toEqual([])
  await put(writer, { Sid: 'Another', Principal: { AWS: 'arn:aws:iam::210987654321:root' }, ...common })
  expect(made(await provision(clients, names))).toMatchObject([{ kind: 'bucket policy' }])
  const after = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }))
  expect(JSON.parse(after.Policy ?? '').Statement).toEqual([...Statement, writer])
})

test('where the endpoint has no TLS nothing refuses calls without it, and what is public is so', async () => {
  await provision(clients, names, undefined, {}, hasTls(url))
  const statements = async (Bucket: string) => {
    const { Policy = '' } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket }))
    return JSON.parse(Policy).Statement.map(({ Sid }: { Sid: string }) => Sid)
  }
  expect(await statements(names.buckets.cdn)).toEqual(['PublicRead'])
  await expect(statements(names.buckets.production)).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' })
  expect((await attributesOf(names.queues.incoming))['Policy']).not.toContain('SecureTransport')
  expect((await attributesOf(names.queues.events))['Policy']).toBeUndefined()
  expect(made(await provision(clients, names, undefined, {}, hasTls(url)))).toEqual([])
  expect([hasTls(undefined), hasTls('https://s3.test'), hasTls(url)]).toEqual([true, true, false])
})

test('two at once do no harm', async () => {
  await Promise.all([provision(clients, names), provision(clients, names)])
  expect(made(await provision(clients, names))).toEqual([])
})

test('a package that arrives is told to the incoming queue, and a second provisioning sends no second test event', async () => {
  await provision(clients, names)
  await provision(clients, names)
  const events = await drainIncoming()
  expect(events.map((body) => JSON.parse(body).Event)).toEqual(['s3:TestEvent'])
  await clients.s3.send(new PutObjectCommand({ Bucket: names.buckets.production, Key: 'a b.zip', Body: 'x' }))
  const [record] = await drainIncoming()
  expect(JSON.parse(record ?? '{}')).toMatchObject({
    Records: [{ eventName: 'ObjectCreated:Put', s3: { configurationId: 'NewS3Object', object: { key: 'a+b.zip' } } }],
  })
})

test('a message that nobody can handle goes to its dead-letter queue after five receipts', async () => {
  await provision(clients, names)
  for (const role of queueRoles) {
    const { RedrivePolicy = '{}' } = await attributesOf(names.queues[role])
    const { QueueArn } = await attributesOf(names.deadLetters[role])
    expect(JSON.parse(RedrivePolicy)).toEqual({ deadLetterTargetArn: QueueArn, maxReceiveCount: 5 })
  }
})

test('what the public may read is the CDN bucket alone', async () => {
  await provision(clients, names)
  for (const bucket of [names.buckets.cdn, names.buckets.expanded]) {
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: '00353/a.txt', Body: 'x' }))
  }
  const { Policy = '' } = await clients.s3.send(new GetBucketPolicyCommand({ Bucket: names.buckets.cdn }))
  expect(JSON.parse(Policy)).toEqual(bucketPolicy({ name: names.buckets.cdn, publicRead: true }))
  expect((await fetch(`${url}/${names.buckets.cdn}/00353/a.txt`)).status).toBe(200)
  expect((await fetch(`${url}/${names.buckets.expanded}/00353/a.txt`)).status).toBe(403)
})

test('what says something else is made to say what it should', async () => {
  await provision(clients, names)
  await clients.sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: await queueUrl(clients.sqs, names.queues.starter),
      Attributes: { VisibilityTimeout: '7', RedrivePolicy: '' },
    }),
  )
  const again = await provision(clients, names)
  expect(made(again).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'queue ct-workflow-starter-queue',
    'dead letters ct-workflow-starter-queue',
  ])
  expect((await attributesOf(names.queues.starter))['VisibilityTimeout']).toBe('60')
})

test('the domain keeps closed executions for 90 days, and one that was deprecated is brought back', async () => {
  await provision(clients, names)
  await clients.swf.send(new DeprecateDomainCommand({ name: names.domain }))
  expect(made(await provision(clients, names)).map(({ kind }) => kind)).toEqual(['domain'])
  const { domainInfo, configuration } = await clients.swf.send(new DescribeDomainCommand({ name: names.domain }))
  expect(domainInfo?.status).toBe('REGISTERED')
  expect(configuration?.workflowExecutionRetentionPeriodInDays).toBe('90')
})

test('every bucket keeps the public out but the CDN bucket, which lets policies alone open it', async () => {
  await provision(clients, names)
  const blockOf = async (Bucket: string) =>
    (await clients.s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration
  const closed = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }
  expect(await blockOf(names.buckets.production)).toEqual(closed)
  expect(await blockOf(names.buckets.cdn)).toEqual({
    ...closed,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  })
})

test('where CloudFront reads the CDN bucket, it is as closed as the others', async () => {
  const things = await provision(clients, names, undefined, { publicCdn: false })
  expect(kindsOf(things)).not.toContain('public read')
  await clients.s3.send(new PutObjectCommand({ Bucket: names.buckets.cdn, Key: '00353/a.txt', Body: 'x' }))
  expect((await fetch(`${url}/${names.buckets.cdn}/00353/a.txt`)).status).toBe(403)
})

test("queues and the domain say whose they are, beside what others say of them; aws-local's buckets have no tags", async () => {
  const tags = { project: 'continuum', environment: 'continuum-test' }
  await provision(clients, names)
  const QueueUrl = await queueUrl(clients.sqs, names.queues.events)
  await clients.sqs.send(new TagQueueCommand({ QueueUrl, Tags: { owner: 'night shift' } }))
  const things = await provision(clients, names, undefined, { tags })
  expect(made(things).map(({ kind }) => kind)).toEqual(Array.from({ length: 15 }, () => 'tags'))
  const { Tags } = await clients.sqs.send(new ListQueueTagsCommand({ QueueUrl }))
  expect(Tags).toEqual({ ...tags, owner: 'night shift' })
  expect(made(await provision(clients, names, undefined, { tags }))).toEqual([])
})

test('two environments share nothing', async () => {
  const other = namesOf({ prefix: 'dev-', organisation: 'elife' })
  await Promise.all([provision(clients, names), provision(clients, other)])
  const { QueueConfigurations } = await clients.s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket: other.buckets.production }),
  )
  expect(QueueConfigurations?.map(({ QueueArn }) => QueueArn?.split(':').at(-1))).toEqual([other.queues.incoming])
})

test('a queue that is not there is named, with what to do', async () => {
  await expect(queueUrl(clients.sqs, 'ct-nothing')).rejects.toThrow(/no queue ct-nothing: provision/)
})
