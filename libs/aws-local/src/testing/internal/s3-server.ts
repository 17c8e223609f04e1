import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { SQSClient } from '@aws-sdk/client-sqs'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { onTestFinished } from 'vitest'
import { startAwsLocal, type AwsLocalOptions } from '../../index.ts'

/** A server of its own for one test, with a client and one bucket, `b-1`; both end with the test. */
export async function startS3(options: AwsLocalOptions = {}) {
  const server = await startAwsLocal(options)
  const s3 = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })
  onTestFinished(async () => {
    s3.destroy()
    await server.close()
  })
  const Bucket = 'b-1'
  await s3.send(new CreateBucketCommand({ Bucket }))
  return {
    server,
    s3,
    Bucket,
    put: (Key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket, Key, Body })),
    /** The text of an object. */
    text: async (Key: string): Promise<string | undefined> =>
      (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString(),
    /** A request as it stands, for what no client would send. */
    raw: (
      path: string,
      { headers, ...init }: { method?: string; body?: string; headers?: Record<string, string> } = {},
    ) => fetch(`${server.url}${path}`, { ...init, headers: { authorization: 'AWS4-HMAC-SHA256 any', ...headers } }),
  }
}

const main = new URL('../../main.ts', import.meta.url).pathname

/** The server as a process of its own on a data folder, killed with the test, and clients that try once. */
export async function spawnAwsLocal(
  data: string,
): Promise<{ process: ChildProcess; url: string; s3: S3Client; sqs: SQSClient }> {
  const child = spawn(process.execPath, [main, '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(createInterface(child.stdout), 'line')
  const url = String(line).replace('ready ', '')
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const options = { endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 }
  return { process: child, url, s3: new S3Client({ ...options, forcePathStyle: true }), sqs: new SQSClient(options) }
}

/** The policy by which a queue lets every bucket of every account notify it. */
export const notifiable = (queueArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queueArn },
    ],
  })
