import { beforeAll, expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf, type Planned } from '../../proofs/testing/planned.ts'
import { makeProvider } from '../../provider.ts'
import { Storage } from './storage.ts'

const storageOf = (changes: Partial<typeof plainEnvironment> = {}, copyRegion?: string) =>
  plan(() => {
    const environment = { ...plainEnvironment, ...changes }
    const copyProvider = copyRegion === undefined ? undefined : makeProvider('aws-copy', environment, copyRegion)
    return new Storage('storage', { environment, copyProvider })
  })

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

test('only logs of which usage is counted are told to the usage counter', async () => {
  const prefixes = (of = resources) =>
    [inputsOf('storage-logs-notification', of)?.['queues']]
      .flat()
      .map((queue) => [Object(queue).id, Object(queue).filterPrefix])
  expect(prefixes()).toEqual([['NewS3Object-cdn', 'cdn/']])
  const { resources: fromLogs } = await storageOf({ usageSource: 'cdn-logs' })
  expect(prefixes(fromLogs)).toEqual([
    ['NewS3Object-cdn', 'cdn/'],
    ['NewS3Object-journal', 'journal/'],
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

test('every bucket and every queue, dead letters too, denies what comes without TLS; what writes logs has a say in theirs', () => {
  const closed = [...ofType('aws:s3/bucketPolicy:BucketPolicy'), ...ofType('aws:sqs/queuePolicy:QueuePolicy')]
  expect(closed).toHaveLength(7 + 14)
  expect(closed.map(({ name }) => name)).not.toContain('storage-logs-policy')
  for (const { inputs } of closed)
    expect(JSON.parse(String(inputs['policy'])).Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    )
})

test('where CloudFront reads the CDN bucket, nobody else may', async () => {
  const { resources: behind } = await storageOf({ cdn: { priceClass: 'PriceClass_100', journal: false } })
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
  // Without them the bucket would be open, unencrypted, or without its former versions.
  const settings = ['encryption', 'versioning', 'lifecycle', 'public-access', 'policy']
  expect(adopting.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name)).toEqual(
    expect.arrayContaining(settings.map((setting) => `storage-archive-${setting}`)),
  )
  expect(adopting.filter(({ name, retainOnDelete }) => name.startsWith('storage-cdn') && retainOnDelete)).toEqual([])
})

test('where the environment has a suffix, its buckets end with it', async () => {
  const { resources: named } = await storageOf({ bucketSuffix: '123456789012' })
  expect(inputsOf('storage-cdn', named)).toMatchObject({ bucket: 'ct-elife-publishing-cdn-123456789012' })
})

test('the archive is copied to the other region that the environment names; what is deleted here stays there', async () => {
  const { resources: copied } = await storageOf({ protected: true, archiveCopy: { region: 'us-west-2' } }, 'us-west-2')
  const replication = copied.find(({ name }) => name === 'storage-archive-copy-replication')
  expect(replication?.inputs).toMatchObject({
    bucket: 'ct-elife-publishing-archive',
    rules: [
      { filter: { prefix: '' }, deleteMarkerReplication: { status: 'Disabled' } },
      { filter: { prefix: 'marks/' }, deleteMarkerReplication: { status: 'Enabled' } },
      { filter: { prefix: 'withdrawn/' }, deleteMarkerReplication: { status: 'Enabled' } },
    ],
  })
  expect(replication?.dependsOn).toEqual(
    expect.arrayContaining([
      'storage-archive-copy-role',
      'storage-archive-versioning',
      'storage-archive-copy-versioning',
    ]),
  )
  const copy = copied.find(({ name }) => name === 'storage-archive-copy')
  expect(copy).toMatchObject({
    protect: true,
    inputs: { bucket: 'ct-elife-publishing-archive-copy', forceDestroy: false },
  })
  expect(inputsOf('storage-archive-copy-lifecycle', copied)).toMatchObject({
    rules: [{ noncurrentVersionExpiration: { noncurrentDays: 90 } }],
  })
  expect(JSON.parse(String(inputsOf('storage-archive-copy-role', copied)?.['assumeRolePolicy']))).toMatchObject({
    Statement: [
      {
        Principal: { Service: 's3.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::ct-elife-publishing-archive' },
        },
      },
    ],
  })
})

test('a copy in another account is owned there: its owner makes the bucket, and gets the objects', async () => {
  const archiveCopy = { region: 'eu-west-1', account: '210987654321', bucket: 'safe-archive' }
  const { resources: copied } = await storageOf({ archiveCopy })
  expect(copied.find(({ name }) => name === 'storage-archive-copy')).toBeUndefined()
  const destination = {
    bucket: 'arn:aws:s3:::safe-archive',
    account: '210987654321',
    accessControlTranslation: { owner: 'Destination' },
  }
  expect(inputsOf('storage-archive-copy-replication', copied)?.['rules']).toMatchObject([
    { destination },
    { destination },
    { destination },
  ])
})
