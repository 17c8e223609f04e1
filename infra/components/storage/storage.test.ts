import { beforeAll, expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf, type Planned } from '../../proofs/testing/planned.ts'
import { Storage } from './storage.ts'

const storageOf = (changes: Partial<typeof plainEnvironment> = {}) =>
  plan(() => new Storage('storage', { environment: { ...plainEnvironment, ...changes } }))

let resources: Planned[]
let storage: Storage
beforeAll(async () => {
  ;({ made: storage, resources } = await storageOf())
})

const ofType = (type: string, from = resources) => from.filter((resource) => resource.type === type)
const inputsOf = (name: string, from = resources) => from.find((resource) => resource.name === name)?.inputs

test('the component has every resource as its child, named after it', () => {
  const [component, ...children] = resources
  expect(component).toMatchObject({ type: 'continuum:storage:Storage', name: 'storage' })
  expect(children.length).toBeGreaterThan(40)
  expect(children.every(({ parent, name }) => parent === 'storage' && name.startsWith('storage-'))).toBe(true)
})

test('buckets, queues and the domain have the names that the processes look for', () => {
  const names = (type: string) => ofType(type).map(({ inputs }) => inputs['bucket'] ?? inputs['name'])
  expect(names('aws:s3/bucket:Bucket')).toEqual([
    'ct-elife-production-final',
    'ct-elife-publishing-expanded',
    'ct-elife-publishing-eif',
    'ct-elife-publishing-cdn',
    'ct-elife-publishing-archive',
    'ct-elife-publishing-xml',
    'ct-elife-poa-packaging',
    'ct-elife-cdn-logs',
  ])
  expect(names('aws:sqs/queue:Queue')).toEqual([
    'ct-incoming-queue-dead',
    'ct-workflow-starter-queue-dead',
    'ct-event-property-incoming-queue-dead',
    'ct-bot-lax-inc-dead',
    'ct-bot-lax-out-dead',
    'ct-bus-articles-dead',
    'ct-usage-incoming-queue-dead',
    'ct-incoming-queue',
    'ct-workflow-starter-queue',
    'ct-event-property-incoming-queue',
    'ct-bot-lax-inc',
    'ct-bot-lax-out',
    'ct-bus-articles',
    'ct-usage-incoming-queue',
  ])
  expect(inputsOf('storage-domain')).toMatchObject({
    name: 'Publish.ct',
    workflowExecutionRetentionPeriodInDays: '30',
  })
})

test('other components are told names, addresses and ARNs', async () => {
  expect(await valueOf(storage.buckets.cdn)).toEqual({
    name: 'ct-elife-publishing-cdn',
    arn: 'arn:aws:s3:::ct-elife-publishing-cdn',
    domainName: 'ct-elife-publishing-cdn.s3.amazonaws.com',
  })
  expect(await valueOf(storage.deadLetters.events.arn)).toBe(
    'arn:aws:sqs:us-east-1:123456789012:ct-event-property-incoming-queue-dead',
  )
  expect(await valueOf(storage.queues.starter.url)).toContain('/ct-workflow-starter-queue')
  expect(await valueOf(storage.domain.name)).toBe('Publish.ct')
})

test.each([
  ['ct-incoming-queue', 'ct-elife-production-final'],
  ['ct-usage-incoming-queue', 'ct-elife-cdn-logs'],
])('to %s only the bucket %s, of this account, may send', (queue, bucket) => {
  const policies = ofType('aws:sqs/queuePolicy:QueuePolicy').map(({ inputs }) => JSON.parse(String(inputs['policy'])))
  const ours = policies.filter((policy) => JSON.stringify(policy).includes(`:${queue}"`))
  expect(ours).toHaveLength(1)
  expect(ours[0].Statement).toMatchObject([
    { Sid: 'TlsOnly', Effect: 'Deny' },
    {
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: `arn:aws:sqs:us-east-1:123456789012:${queue}`,
      Condition: {
        ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${bucket}` },
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      },
    },
  ])
})

test('everybody may read the CDN bucket; nothing else is open', () => {
  const open = ofType('aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock').filter(
    ({ inputs }) => inputs['blockPublicPolicy'] !== true || inputs['restrictPublicBuckets'] !== true,
  )
  expect(open.map(({ inputs }) => inputs['bucket'])).toEqual(['ct-elife-publishing-cdn'])
  const reading = ofType('aws:s3/bucketPolicy:BucketPolicy').filter(({ inputs }) =>
    JSON.stringify(inputs['policy']).includes('Allow'),
  )
  expect(reading.map(({ name }) => name)).toEqual(['storage-cdn-policy'])
})

test('every bucket and every queue, dead letters too, denies what comes without TLS', () => {
  const closed = [...ofType('aws:s3/bucketPolicy:BucketPolicy'), ...ofType('aws:sqs/queuePolicy:QueuePolicy')]
  expect(closed).toHaveLength(8 + 14)
  for (const { inputs } of closed)
    expect(JSON.parse(String(inputs['policy'])).Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    )
})

test('where CloudFront reads the CDN bucket, nobody else may', async () => {
  const { resources: behind } = await storageOf({ cdn: { priceClass: 'PriceClass_100' } })
  // Its policy names the distribution, and is made with that.
  expect(inputsOf('storage-cdn-policy', behind)).toBeUndefined()
  expect(inputsOf('storage-cdn-public-access', behind)).toMatchObject({
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  })
})

test("a run's files are deleted only where the environment says so, access logs always after a week", async () => {
  expect(inputsOf('storage-expanded-lifecycle')?.['rules']).not.toMatchObject([{ expiration: expect.anything() }])
  const { resources: tidied } = await storageOf({ retention: { logDays: 30, executionDays: 30, expandedDays: 60 } })
  const expiring = ofType('aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration', tidied).filter(
    ({ inputs }) => JSON.stringify(inputs['rules']).includes('"expiration"'),
  )
  expect(expiring.map(({ name }) => name)).toEqual(['storage-expanded-lifecycle', 'storage-logs-lifecycle'])
  expect(expiring[1]?.inputs['rules']).toMatchObject([{ status: 'Enabled', expiration: { days: 7 } }])
  expect(expiring[0]?.inputs['rules']).toMatchObject([{ status: 'Enabled', expiration: { days: 60 } }])
})

test('in a protected environment what holds data is kept, whatever the program says later', async () => {
  const { resources: kept } = await storageOf({ protected: true })
  const holders = kept.filter(({ type }) => /:(Bucket|Queue|Domain)$/.test(type))
  expect(holders).toHaveLength(8 + 14 + 1)
  expect(holders.filter(({ protect, retainOnDelete }) => !protect || !retainOnDelete)).toEqual([])
  expect(ofType('aws:s3/bucket:Bucket', kept).filter(({ inputs }) => inputs['forceDestroy'] !== false)).toEqual([])
  const held = resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete)
  // SWF deletes no domain.
  expect(held.map(({ name }) => name)).toEqual(['storage-domain'])
})

test('a bucket that exists is taken over with its objects, and stays when the environment goes', async () => {
  const { resources: adopting } = await storageOf({ adoptedBuckets: ['archive'] })
  expect(inputsOf('storage-archive', adopting)).toMatchObject({ forceDestroy: false })
  const held = adopting.filter(({ type, retainOnDelete }) => type === 'aws:s3/bucket:Bucket' && retainOnDelete)
  expect(held.map(({ name }) => name)).toEqual(['storage-archive'])
  expect(inputsOf('storage-cdn', adopting)).toMatchObject({ forceDestroy: true })
})

test('where the environment has a suffix, its buckets end with it', async () => {
  const { resources: named } = await storageOf({ bucketSuffix: '123456789012' })
  expect(inputsOf('storage-cdn', named)).toMatchObject({ bucket: 'ct-elife-publishing-cdn-123456789012' })
})
