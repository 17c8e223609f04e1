import { expect, test } from 'vitest'
import { plainEnvironment } from '../../proofs/testing/environments.ts'
import { plan, valueOf } from '../../proofs/testing/planned.ts'
import { makeProvider } from '../../provider.ts'
import { Storage } from '../storage/storage.ts'
import { AccessLogs } from './access-logs.ts'

async function logsOf(changes: Partial<typeof plainEnvironment> = {}) {
  const environment = { ...plainEnvironment, ...changes }
  const { made, resources } = await plan(() => {
    const { buckets } = new Storage('storage', { environment })
    return new AccessLogs('logs', { environment, account: '123456789012', buckets })
  })
  const ours = resources.filter(({ name, parent }) => name === 'logs' || parent === 'logs')
  const inputsOf = (name: string) => ours.find((each) => each.name === name)?.inputs ?? {}
  const statements: Record<string, unknown>[] = JSON.parse(String(inputsOf('logs-writers')['policy'])).Statement
  return {
    made,
    ours,
    inputsOf,
    statements,
    of: (type: string) => ours.filter((each) => each.type.endsWith(`:${type}`)),
  }
}

const bucket = 'arn:aws:s3:::ct-elife-cdn-logs'

test('the policy of a log bucket that was taken over stays with it when the environment goes', async () => {
  const staying = async (adoptedBuckets: (typeof plainEnvironment)['adoptedBuckets']) =>
    (await logsOf({ adoptedBuckets })).ours.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name)
  expect(await staying(['logs'])).toEqual(['logs-writers'])
  expect(await staying(['archive'])).toEqual([])
})

test('into the log bucket write the services that deliver logs, each under its prefix and for what is ours, and nobody else', async () => {
  const { statements: all } = await logsOf({ flowLogs: true })
  const [tls, ...statements] = all
  expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })
  const region = 'us-east-1:123456789012'
  const watched = ['production-final', 'publishing-expanded', 'publishing-eif', 'publishing-cdn', 'publishing-archive']
  expect(
    statements.map(({ Principal, Action, Resource, Condition }) => [
      Object(Principal).Service,
      Action,
      Resource,
      Object(Condition).ArnLike['aws:SourceArn'],
    ]),
  ).toEqual([
    [
      'logdelivery.elasticloadbalancing.amazonaws.com',
      's3:PutObject',
      `${bucket}/load-balancer/AWSLogs/123456789012/*`,
      [`arn:aws:elasticloadbalancing:${region}:loadbalancer/app/ct-continuum/*`],
    ],
    [
      'logging.s3.amazonaws.com',
      's3:PutObject',
      `${bucket}/buckets/*`,
      [...watched, 'publishing-xml', 'poa-packaging'].map((name) => `arn:aws:s3:::ct-elife-${name}`),
    ],
    [
      'delivery.logs.amazonaws.com',
      's3:PutObject',
      `${bucket}/network/AWSLogs/123456789012/*`,
      [`arn:aws:logs:${region}:*`],
    ],
    ['delivery.logs.amazonaws.com', 's3:GetBucketAcl', bucket, [`arn:aws:logs:${region}:*`]],
  ])
  const accounts = statements.slice(1).map(({ Condition }) => Object(Condition).StringEquals['aws:SourceAccount'])
  expect(accounts).toEqual(['123456789012', '123456789012', '123456789012'])
})

test('where connections are not logged, their delivery may not write', async () => {
  const { made, statements } = await logsOf()
  expect(JSON.stringify(statements)).not.toContain('delivery.logs')
  expect(made.connections).toBeUndefined()
  const logged = await logsOf({ flowLogs: true })
  expect(await valueOf(logged.made.connections ?? '')).toBe(`${bucket}/network/`)
})

test('every bucket logs who asks for its objects, but for that of the logs, which would never end', async () => {
  const { of } = await logsOf()
  const logging = of('BucketLogging').map(({ inputs }) => inputs)
  expect(logging.map(({ targetPrefix }) => targetPrefix)).toEqual(
    ['production', 'expanded', 'eif', 'cdn', 'archive', 'xml', 'downstream'].map((role) => `buckets/${role}/`),
  )
  for (const each of logging) expect(each['targetBucket']).toBe('ct-elife-cdn-logs')
  expect(logging.map((each) => each['bucket'])).not.toContain('ct-elife-cdn-logs')
})

test('CloudFront may be on the access list of the log bucket', async () => {
  const { inputsOf } = await logsOf()
  expect(inputsOf('logs-ownership')).toMatchObject({
    bucket: 'ct-elife-cdn-logs',
    rule: { objectOwnership: 'BucketOwnerPreferred' },
  })
})

test("the archive's copy logs into a bucket of its own region, with the same rules: S3 logs into no other", async () => {
  const { made, resources } = await plan(() => {
    const environment = { ...plainEnvironment, protected: true, archiveCopy: { region: 'us-west-2' } }
    const copyProvider = makeProvider('aws-copy', environment, 'us-west-2')
    const storage = new Storage('storage', { environment, copyProvider })
    new AccessLogs('logs', {
      environment,
      account: '123456789012',
      buckets: storage.buckets,
      archiveCopy: storage.archiveCopy,
    })
    return storage
  })
  const inputsOf = (name: string) => resources.find((each) => each.name === name)?.inputs ?? {}
  const logs = 'ct-elife-cdn-logs-archive-copy'
  expect(made.archiveCopy).toBeDefined()
  expect(resources.find(({ name }) => name === 'logs-archive-copy')).toMatchObject({
    provider: 'aws-copy',
    protect: true,
    inputs: { bucket: logs },
  })
  const logging = resources.find(({ name }) => name === 'logs-archive-copy-requests')
  expect(logging).toMatchObject({
    provider: 'aws-copy',
    inputs: { bucket: 'ct-elife-publishing-archive-copy', targetBucket: logs },
  })
  expect(logging?.dependsOn).toContain('logs-archive-copy-writers')
  expect(inputsOf('logs-archive-copy-lifecycle')).toMatchObject({ bucket: logs, rules: [{ expiration: { days: 7 } }] })
  expect(JSON.parse(String(inputsOf('logs-archive-copy-writers')['policy'])).Statement).toMatchObject([
    { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    {
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Resource: `arn:aws:s3:::${logs}/buckets/*`,
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::ct-elife-publishing-archive-copy'] },
      },
    },
  ])
})
