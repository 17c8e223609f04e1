import { expect, test } from 'vitest'
import { namesOf } from './names.ts'
import { namesFor } from './settings.ts'
import { bucketPolicy, queuePolicy } from './policies.ts'
import { resourcesOf } from './resources.ts'

test('buckets, queues and the domain all take the prefix', () => {
  const names = namesOf({ prefix: 'ct-', organisation: 'elife' })
  expect(names.buckets).toEqual({
    production: 'ct-elife-production-final',
    expanded: 'ct-elife-publishing-expanded',
    eif: 'ct-elife-publishing-eif',
    cdn: 'ct-elife-publishing-cdn',
    archive: 'ct-elife-publishing-archive',
    xml: 'ct-elife-publishing-xml',
    downstream: 'ct-elife-poa-packaging',
    logs: 'ct-elife-cdn-logs',
  })
  expect(names.queues.events).toBe('ct-event-property-incoming-queue')
  expect(names.deadLetters.starter).toBe('ct-workflow-starter-queue-dead')
  expect(names.domain).toBe('Publish.ct')
})

test('without a prefix the names are those of the original production environment', () => {
  const { buckets, queues, domain } = namesOf({ prefix: '', organisation: 'elife' })
  expect([buckets.cdn, queues.incoming, domain]).toEqual(['elife-publishing-cdn', 'incoming-queue', 'Publish'])
})

test('a suffix ends the names of the buckets and of nothing else, for a process as for its environment', () => {
  const names = namesOf({ prefix: 'ct-', organisation: 'elife', bucketSuffix: '123456789012' })
  expect(names.buckets.cdn).toBe('ct-elife-publishing-cdn-123456789012')
  const { buckets: _, ...others } = namesOf({ prefix: 'ct-', organisation: 'elife' })
  expect(names).toMatchObject(others)
  expect(namesFor({ PREFIX: 'ct-', ORGANISATION: 'elife', BUCKET_SUFFIX: '123456789012' })).toEqual(names)
  expect(namesFor({ PREFIX: 'ct-', ORGANISATION: 'elife' }).buckets.cdn).toBe('ct-elife-publishing-cdn')
})

test('only the CDN bucket is public, and that only where no CloudFront reads it', () => {
  const names = namesOf({ prefix: 'ct-', organisation: 'elife' })
  const open = (publicCdn: boolean) =>
    Object.values(resourcesOf(names, { publicCdn }).buckets).filter(({ publicRead }) => publicRead)
  expect(open(true).map(({ name }) => name)).toEqual([names.buckets.cdn])
  expect(open(false)).toEqual([])
})

test('every queue has dead letters', () => {
  const names = namesOf({ prefix: 'ct-', organisation: 'elife' })
  const queues = Object.values(resourcesOf(names).queues)
  expect(queues.map(({ name }) => name)).toEqual(Object.values(names.queues))
  expect(queues.map(({ deadLetters }) => deadLetters.name)).toEqual(Object.values(names.deadLetters))
  expect(queues.map(({ maxReceiveCount }) => maxReceiveCount)).toEqual([5, 5, 5, 5, 5, 5, 5])
})

const withoutTls = { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }

test('nobody does anything in a bucket, or with a queue, without TLS', () => {
  expect(bucketPolicy({ name: 'b', publicRead: false }).Statement).toMatchObject([
    { ...withoutTls, Action: 's3:*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] },
  ])
  expect(queuePolicy('arn:aws:sqs:us-east-1:123456789012:q').Statement).toMatchObject([
    { ...withoutTls, Action: 'sqs:*', Resource: ['arn:aws:sqs:us-east-1:123456789012:q'] },
  ])
})

test('the public may get objects and nothing else', () => {
  expect(bucketPolicy({ name: 'b', publicRead: true }).Statement).toMatchObject([
    withoutTls,
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
  ])
})

test('only the bucket, of this account, may send to the queue', () => {
  const policy = queuePolicy('arn:aws:sqs:us-east-1:123456789012:q', 'b')
  expect(policy.Statement).toMatchObject([
    withoutTls,
    {
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:us-east-1:123456789012:q',
      Condition: {
        ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::b' },
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      },
    },
  ])
})
