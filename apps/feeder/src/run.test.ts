import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startAwsLocal } from '@continuum/aws-local'
import { readStarterMessage } from '@continuum/messages'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { run } from './run.ts'

/** The whole command against AWS, for what only AWS can say. */
let sqs: SQSClient
let queue: string

beforeEach(async () => {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const s3 = new S3Client({ region: 'us-east-1', forcePathStyle: true })
  sqs = new SQSClient({ region: 'us-east-1' })
  onTestFinished(async () => {
    s3.destroy()
    sqs.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  await s3.send(new CreateBucketCommand({ Bucket: 'packages' }))
  for (const Key of ['elife-00012-vor-r1 (1).zip', 'elife-00013-vor-r1.zip', 'elife-00013/notes.txt', 'other.zip']) {
    await s3.send(new PutObjectCommand({ Bucket: 'packages', Key, Body: 'content' }))
  }
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: 'starter' }))).QueueUrl ?? ''
})

async function feeder(args: string[], env: Record<string, string> = { AWS_DEFAULT_REGION: 'us-east-1' }) {
  const output = { out: '', err: '' }
  const code = await run(args, {
    env,
    out: (text) => (output.out += text),
    err: (text) => (output.err += text),
    now: () => Temporal.Instant.from('2016-01-01T00:00:00Z'),
    sleep: async () => {},
    signal: new AbortController().signal,
  })
  return { code, ...output }
}

async function received(): Promise<unknown[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10 }))
  return Messages.map(({ Body = '' }) => readStarterMessage(Body).workflow_data)
}

test('what lies in the bucket under the prefix is on the queue', async () => {
  const { code, out, err } = await feeder(['-p', 'elife', 'packages', 'starter'])
  expect(code).toBe(0)
  expect(out).toMatch(/^Feeding keys of packages with prefix elife to starter .*\nFed 2 keys \(1 not packages\)\n$/)
  expect(err).toContain('elife-00013/notes.txt')
  const common = { bucket_name: 'packages', file_etag: '9a0364b9e99bb480dd25e1f0284c8555', file_size: 7 }
  expect(await received()).toEqual([
    expect.objectContaining({ ...common, file_name: 'elife-00012-vor-r1 (1).zip' }),
    expect.objectContaining({ ...common, file_name: 'elife-00013-vor-r1.zip' }),
  ])
})

test('an interrupted feed goes on after a key', async () => {
  const { out } = await feeder(['--dry-run', '--start-after', 'elife-00013-vor-r1.zip', 'packages', 'starter'])
  expect(out).toContain('would feed other.zip\nWould feed 1 key (7 bytes, 1 not packages)\n')
  expect(await received()).toEqual([])
})

test.each([
  [3, 'nothing matches', ['-p', 'nothing', 'packages', 'starter'], undefined],
  [1, 'the queue is not there', ['packages', 'strater'], /There is no queue strater/],
  [1, 'the bucket is not there', ['pakcages', 'starter'], /No such bucket: pakcages/],
  [2, 'the command line is wrong', ['packages'], /missing required argument 'queue'/],
])('the exit code is %d when %s', async (code, _, args, reason) => {
  const ended = await feeder(args)
  expect(ended.code).toBe(code)
  if (reason) expect(ended.err).toMatch(reason)
})

test('a missing region is told before anything is asked', async () => {
  expect(await feeder(['packages', 'starter'], {})).toEqual({
    code: 1,
    out: '',
    err: expect.stringContaining('AWS_REGION'),
  })
})
