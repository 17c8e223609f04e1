import { createServer } from 'node:http'
import { once } from 'node:events'
import { CreateBucketCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { DeprecateDomainCommand, RegisterDomainCommand } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import { bucketPolicy, createClients } from '@continuum/aws-resources'
import { loadEnvironment, readStackSettings } from '@continuum/environments'
import { expect, onTestFinished, test, vi } from 'vitest'
import { planOf } from '../proofs/plan/plan.ts'
import { checkBuckets } from './buckets.ts'
import { claimDomain } from './domain.ts'
import { settingsThatRun } from './images.ts'

/** An account with aws-local behind it, and its clients. */
async function account() {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: 'us-east-1' })
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  return clients
}

/** An S3 in which a bucket of each of these names is another account's. */
async function othersBuckets(...names: string[]): Promise<string> {
  const server = createServer((request, response) => {
    const [, name = ''] = new URL(request.url ?? '/', 'http://s3').pathname.split('/')
    response.writeHead(names.includes(name) ? 403 : 404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${Object(server.address()).port}`
}

const typesIn = async (options: Parameters<typeof planOf>[1]) => {
  const { resources } = await planOf('continuum-test', options)
  return new Set(resources.map(({ type }) => type))
}

test('a bucket of another account is told by name before anything is made', async () => {
  const aws = await othersBuckets('ct-elife-publishing-cdn', 'ct-elife-publishing-xml')
  const refused = await planOf('continuum-test', { aws }).catch((error: unknown) => error)
  expect(refused).toMatchObject({
    message: expect.stringMatching(
      /ct-elife-publishing-cdn exists in another account.*bucketSuffix in continuum-test\.ts.*ct-elife-publishing-xml/s,
    ),
  })
})

test('a tag whose repository is gone with the environment starts nothing, and all else is made', async () => {
  const types = await typesIn({ repositories: {} })
  expect(types).toContain('aws:ecr/repository:Repository')
  expect(types).not.toContain('aws:ecs/service:Service')
})

test('a tag that the repository does not have is refused: running services stay as they are', async () => {
  const refused = planOf('continuum-test', { repositories: { 'ct-continuum': ['1.0.0'] } })
  await expect(refused).rejects.toThrow('The repository ct-continuum has no image some-commit: push it')
})

test('an image is named by its tag, its digest or both: a digest gets its tag, by which the repository keeps it', async () => {
  const environment = await loadEnvironment('continuum-test')
  const [digest, other] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`)
  if (digest === undefined || other === undefined) throw new Error('no digest')
  const images = [
    { tag: 'b', digest },
    { tag: 'a', digest },
    { tag: '', digest: other },
  ]
  const laxOf = (image: string) =>
    settingsThatRun(environment, readStackSettings('continuum-test', { 'tag-lax': image }), images).settings.tags.lax
  expect(['b', digest, `b@${digest}`].map(laxOf)).toEqual(['b', `a@${digest}`, `b@${digest}`])
  expect(() => laxOf(`b@${other}`)).toThrow(`The repository ct-continuum has no image b@${other}`)
  expect(() => laxOf(other)).toThrow(`The image ${other} of ct-continuum has no tag`)
})

test('a deprecated domain is taken back by pulumi up, and left alone by a preview', async () => {
  const { swf } = await account()
  expect(await claimDomain(swf, 'Publish.ct', { dryRun: false })).toEqual({ exists: false })
  await swf.send(new RegisterDomainCommand({ name: 'Publish.ct', workflowExecutionRetentionPeriodInDays: '90' }))
  const kept = { exists: true, retentionDays: '90' }
  expect(await claimDomain(swf, 'Publish.ct', { dryRun: false })).toEqual(kept)
  await swf.send(new DeprecateDomainCommand({ name: 'Publish.ct' }))
  expect(await claimDomain(swf, 'Publish.ct', { dryRun: true })).toMatchObject({ exists: false })
  expect(await claimDomain(swf, 'Publish.ct', { dryRun: false })).toEqual(kept)
  expect(await claimDomain(swf, 'Publish.ct', { dryRun: true })).toEqual(kept)
})

test('an environment that gets a suffix keeps the buckets of an earlier release, or is refused', async () => {
  const { s3 } = await account()
  const environment = await loadEnvironment('continuum-test')
  await s3.send(new CreateBucketCommand({ Bucket: 'ct-elife-publishing-archive' }))
  const check = (changes: Partial<typeof environment>) =>
    checkBuckets(() => s3, { ...environment, ...changes }, '123456789012')
  await check({})
  await check({ adoptedBuckets: ['archive'] })
  await expect(check({ adoptedBuckets: ['xml'] })).rejects.toThrow('ct-elife-publishing-xml does not exist')
  await expect(check({ bucketSuffix: '123456789012' })).rejects.toThrow("keep the names with bucketSuffix: ''")
})

test('the buckets of the copy of the archive are told by name, in the region of the copy', async () => {
  await account()
  const refused = async (...names: string[]) => {
    vi.stubEnv('AWS_ENDPOINT_URL', await othersBuckets(...names))
    const asked = new Set<string>()
    const s3In = (region: string) => {
      asked.add(region)
      const { s3 } = createClients({ region })
      onTestFinished(() => s3.destroy())
      return s3
    }
    const environment = { ...(await loadEnvironment('continuum-test')), archiveCopy: { region: 'us-west-2' } }
    const found = await checkBuckets(s3In, environment, '123456789012').catch((error: unknown) => error)
    expect([...asked]).toEqual(['us-east-1', 'us-west-2'])
    return found instanceof Error ? found.message : found
  }
  expect(await refused()).toEqual([])
  expect(await refused('ct-elife-publishing-archive-copy', 'ct-elife-cdn-logs-archive-copy')).toMatch(
    /archive-copy exists in another account or region: name another in archiveCopy\.bucket of continuum-test\.ts\n.*ct-elife-cdn-logs-archive-copy exists .*bucketSuffix/,
  )
})

test('a bucket that another account is to make for the copy of the archive must be there', async () => {
  const { s3 } = await account()
  const archiveCopy = { region: 'us-east-1', account: '210987654321', bucket: 'safe' }
  const environment = { ...(await loadEnvironment('continuum-test')), archiveCopy }
  await expect(checkBuckets(() => s3, environment, '123456789012')).rejects.toThrow(
    'safe does not exist: the account 210987654321 makes it before (archiveCopy in continuum-test.ts)',
  )
  await s3.send(new CreateBucketCommand({ Bucket: 'safe' }))
  expect(await checkBuckets(() => s3, environment, '123456789012')).toEqual([])
})

test('what a bucket loses that is taken over is told before: its own policy, and that other settings are replaced', async () => {
  const { s3 } = await account()
  const environment = { ...(await loadEnvironment('continuum-test')), adoptedBuckets: ['archive' as const] }
  const Bucket = 'ct-elife-publishing-archive'
  await s3.send(new CreateBucketCommand({ Bucket }))
  const notices = () => checkBuckets(() => s3, environment, '123456789012')
  const plain = `${Bucket} is taken over with its objects: its encryption, versions, lifecycle rules, access, CORS, logging and notifications become those of continuum-test.`
  expect(await notices()).toEqual([plain])
  const others = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: { AWS: '210987654321' },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
      },
    ],
  }
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(others) }))
  expect(await notices()).toEqual([`${plain} Its policy is replaced, which is now: ${JSON.stringify(others)}`])
  const ours = JSON.stringify(bucketPolicy({ name: Bucket, publicRead: false }))
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: ours }))
  expect(await notices()).toEqual([])
})
