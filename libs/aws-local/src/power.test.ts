import { createHash, randomBytes } from 'node:crypto'
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startAwsLocal } from './index.ts'
import { createDisk, type Loss } from './testing/internal/power/disk.ts'
import { canRecord, recordAwsLocal } from './testing/internal/power/recorded.ts'
import { temporaryFolder } from './testing/internal/process.ts'
import { domain, registerTypes, swfClient, workflowType } from './testing/internal/swf-client.ts'

/**
 * A power failure after any reply: the recorded writes and syncs are replayed up to that reply on a disk that loses what was not
 * synced, and a server that starts on what is left must have all that was acknowledged.
 */

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
const Bucket = 'b-1'
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

/** The content of a reply that a client got. */
type Told =
  | { readonly message: string }
  | { readonly run: string }
  | { readonly key: string; readonly md5: string | undefined }

interface Work {
  readonly told: Map<string, Told>
  /** The contents that a key may have while a request about it is under way: undefined for none. */
  readonly asked: Map<string, (string | undefined)[]>
}

async function work(url: string): Promise<Work> {
  const options = { endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 }
  const s3 = new S3Client({ ...options, forcePathStyle: true })
  const sqs = new SQSClient(options)
  const swf = swfClient(url)
  await registerTypes(swf)
  await s3.send(new CreateBucketCommand({ Bucket }))
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }))
  const told = new Map<string, Told>()
  const asked = new Map<string, (string | undefined)[]>()
  const hear = ({ $metadata }: { $metadata: { requestId?: string } }, what: Told) =>
    void told.set(String($metadata.requestId), what)
  const lanes = Array.from({ length: 3 }, async (_, lane) => {
    for (let at = 0; at < 6; at++) {
      const name = `${lane}-${at}`
      const Key = `${lane}/${at % 2}`
      const Body = randomBytes(30_000)
      const ask = (hash: string | undefined) => void asked.set(Key, [...(asked.get(Key) ?? [undefined]), hash])
      ask(md5(Body))
      if (at === 4) {
        const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
        const part = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body }))
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part.ETag }] }
        const whole = new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload })
        hear(await s3.send(whole), { key: Key, md5: md5(Body) })
      } else hear(await s3.send(new PutObjectCommand({ Bucket, Key, Body })), { key: Key, md5: md5(Body) })
      hear(await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: name })), { message: name })
      const started = await swf.startWorkflowExecution({
        domain,
        workflowId: name,
        workflowType,
      })
      hear(started, { run: String(started.runId) })
      if (at !== 3) continue
      ask(undefined)
      hear(await s3.send(new DeleteObjectCommand({ Bucket, Key })), { key: Key, md5: undefined })
    }
  })
  await Promise.all(lanes)
  for (const client of [s3, sqs, swf]) client.destroy()
  return { told, asked }
}

/** Lists what of the acknowledged is missing on a server that starts on `data`. */
async function missing(data: string, acknowledged: readonly Told[], asked: Work['asked']): Promise<string[]> {
  await using aws = await startAwsLocal({ data })
  const wanted = <T>(values: readonly (T | undefined)[]) => values.filter((it) => it !== undefined)
  const messages = wanted(acknowledged.map((it) => ('message' in it ? it.message : undefined)))
  const runs = wanted(acknowledged.map((it) => ('run' in it ? it.run : undefined)))
  const queue = new Set(
    messages.length > 0
      ? aws
          .queue('q')
          .messages()
          .map(({ body }) => body)
      : [],
  )
  const executions = new Set(
    runs.length > 0
      ? aws
          .domain(domain)
          .executions()
          .map(({ runId }) => runId)
      : [],
  )
  const keys = new Map(acknowledged.flatMap((it) => ('key' in it ? [[it.key, it.md5] as const] : [])))
  const lost = []
  for (const [key, last] of keys) {
    const contents = asked.get(key) ?? []
    // What was asked for after the last acknowledgement may have happened or not.
    const possible = contents.slice(contents.lastIndexOf(last))
    const bucket = aws.bucket(Bucket)
    const found = bucket.objects().some((it) => it.key === key) ? md5(await bucket.read(key)) : undefined
    if (!possible.includes(found)) lost.push(`${key}: ${found ?? 'no object'}`)
  }
  return [...messages.filter((it) => !queue.has(it)), ...runs.filter((it) => !executions.has(it)), ...lost]
}

test.skipIf(!canRecord())(
  '18.1: a power failure after any reply loses nothing that was acknowledged',
  async () => {
    const data = temporaryFolder()
    const server = await recordAwsLocal(data)
    const { told, asked } = await work(server.url)
    const calls = await server.end()

    const disk = createDisk()
    const acknowledged: Told[] = []
    let random = 1
    const chance = () => (random = (random * 48_271) % 2_147_483_647) % 2 === 0
    const losses: Loss[] = ['everything unsynced', 'unsynced bytes, but no names', { chance }]
    let cuts = 0
    for (const call of calls) {
      disk.take(call)
      if (call.kind !== 'reply') continue
      const id = /^x-amzn?-request-?id: (\S+)\r$/im.exec(call.bytes.toString('latin1'))?.[1]
      const what = told.get(id ?? '')
      if (!what) continue
      acknowledged.push(what)
      for (const loss of losses) {
        const left = temporaryFolder()
        disk.fail(loss, data, left)
        expect(
          await missing(left, acknowledged, asked),
          `after reply ${acknowledged.length}, ${JSON.stringify(loss)}`,
        ).toEqual([])
        cuts++
      }
    }
    expect(acknowledged).toHaveLength(told.size)
    expect(cuts).toBe(told.size * losses.length)
  },
  240_000,
)
