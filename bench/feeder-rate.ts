/**
 * Measures the feeder without pauses against one SendMessage a key, each as a process of its own on the same bucket:
 *
 *     npm run bench:feeder              # 10,000 keys
 *     npm run bench:feeder -- --short   # 4,000 keys, for CI
 *
 * The time to start is measured with an empty bucket and left out. Exits 1 where the feeder is not eight times as fast (in the
 * short form five times), or a key is missing on the queue.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { startServer } from './aws/server.ts'
import { median } from './constant/budgets.ts'

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } })
// Few keys are done before the code is warm.
const { keys, budget } = values.short ? { keys: 4_000, budget: 5 } : { keys: 10_000, budget: 8 }

await using server = await startServer()
const env = {
  AWS_ENDPOINT_URL: server.url,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
}
Object.assign(process.env, env)
const s3 = new S3Client({ forcePathStyle: true })
const sqs = new SQSClient({})
let queues = 0
for (const Bucket of ['packages', 'empty']) await s3.send(new CreateBucketCommand({ Bucket }))
const numbers = Array.from({ length: keys }, (_, n) => n).values()
await Promise.all(
  Array.from({ length: 16 }, async () => {
    for (const n of numbers) {
      const Key = `elife-${String(n).padStart(5, '0')}-vor-r1.zip`
      await s3.send(new PutObjectCommand({ Bucket: 'packages', Key, Body: 'zip' }))
    }
  }),
)

/** Seconds in which a program puts the keys of a bucket on a queue of its own; `expected` of them must be there. */
async function secondsOf(bucket: string, expected: number, program: readonly string[]): Promise<number> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `queue-${queues++}` }))
  const queue = QueueUrl?.split('/').at(-1) ?? ''
  const began = performance.now()
  // An empty bucket ends the feeder with a code of its own.
  await promisify(execFile)(process.execPath, [...program, bucket, queue], { env: { ...process.env, ...env } }).catch(
    (error: unknown) => {
      if (expected > 0) throw error
    },
  )
  const seconds = (performance.now() - began) / 1000
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  )
  const queued = Number(Attributes?.ApproximateNumberOfMessages)
  if (queued !== expected) throw new Error(`${queued} messages are on the queue, not ${expected}`)
  return seconds
}

async function secondsToFeed(program: readonly string[]): Promise<number> {
  // A start, which is taken off, may take a third of a second more than another: the middle one of three stands for it.
  const starts: number[] = []
  for (let turn = 0; turn < 3; turn++) starts.push(await secondsOf('empty', 0, program))
  return (await secondsOf('packages', keys, program)) - median(starts)
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const oneByOne = await secondsToFeed([path('one-by-one.ts')])
const fed = await secondsToFeed([path('../apps/feeder/src/main.ts'), '--rate', '0'])
const ratio = oneByOne / fed
const verdict = ratio >= budget ? '' : '  EXCEEDED'
console.log(
  `feeder: ${keys} keys in ${fed.toFixed(2)} s, one message a call ${oneByOne.toFixed(2)} s, ratio ${ratio.toFixed(1)} >= ${budget}${verdict}`,
)
process.exitCode = ratio >= budget ? 0 : 1
