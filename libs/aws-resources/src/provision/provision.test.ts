import { GetBucketNotificationConfigurationCommand, GetBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, ReceiveMessageCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { DeprecateDomainCommand, DescribeDomainCommand } from '@aws-sdk/client-swf'
import { beforeEach, expect, test } from 'vitest'
import type { Clients } from '../clients.ts'
import { namesOf } from '../names.ts'
import { publicReadPolicy } from '../policies.ts'
import { queueUrl } from '../queue-url.ts'
import { startTestAws } from '../testing-aws.ts'
import { provision, type Provisioned } from './provision.ts'

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

function notMade(things: Provisioned[]): Provisioned[] {
  return things.filter(({ outcome }) => outcome !== 'was there')
}

test('all is made once, and each thing is told as it is done', async () => {
  const told: Provisioned[] = []
  const made = await provision(clients, names, (thing) => told.push(thing))
  expect(told).toEqual(made)
  expect(new Set(made.map(({ outcome }) => outcome))).toEqual(new Set(['made']))
  expect(made.filter(({ kind }) => kind === 'bucket')).toHaveLength(7)
  expect(made.filter(({ kind }) => kind === 'queue')).toHaveLength(6)
  expect(notMade(await provision(clients, names))).toEqual([])
})

test('two at once do no harm', async () => {
  await Promise.all([provision(clients, names), provision(clients, names)])
  expect(notMade(await provision(clients, names))).toEqual([])
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
  for (const role of ['incoming', 'starter', 'events'] as const) {
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
  expect(JSON.parse(Policy)).toEqual(publicReadPolicy(names.buckets.cdn))
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
  expect(notMade(again).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'queue ct-workflow-starter-queue',
    'dead letters ct-workflow-starter-queue',
  ])
  expect((await attributesOf(names.queues.starter))['VisibilityTimeout']).toBe('60')
})

test('the domain keeps closed executions for 90 days, and one that was deprecated is brought back', async () => {
  await provision(clients, names)
  await clients.swf.send(new DeprecateDomainCommand({ name: names.domain }))
  expect(notMade(await provision(clients, names)).map(({ kind }) => kind)).toEqual(['domain'])
  const { domainInfo, configuration } = await clients.swf.send(new DescribeDomainCommand({ name: names.domain }))
  expect(domainInfo?.status).toBe('REGISTERED')
  expect(configuration?.workflowExecutionRetentionPeriodInDays).toBe('90')
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
