import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { onTestFinished } from 'vitest'
import type { FedDelivery } from './deliveries.ts'

/** A real S3 behind a proxy that drops connections, and real files: larger than what fits into the buffers of a socket. */

export const Bucket = 'packages'
/** The moment at which a connection is dropped. */
export type Drop = 'at its start' | 'in the middle' | 'before the answer'

/** Starts S3 behind a proxy, which drops the first puts; the pauses between attempts are noted, and take no time. */
export async function startDroppingS3(drop: Drop, drops: number) {
  const aws = await startAwsLocal()
  const target = new URL(aws.url)
  let puts = 0
  const forward = (asked: IncomingMessage, reply: ServerResponse, answered: (from: IncomingMessage) => void) => {
    const { method, url, headers } = asked
    const sent = request({ host: target.hostname, port: target.port, method, path: url, headers }, answered)
    sent.on('error', () => reply.destroy())
    asked.pipe(sent)
  }
  const server = createServer((asked, reply) => {
    const isDropped = asked.method === 'PUT' && puts++ < drops
    const cut = () => void asked.socket.destroy()
    if (isDropped && drop === 'at its start') cut()
    else if (isDropped && drop === 'in the middle') asked.once('data', cut)
    else
      forward(asked, reply, (from) =>
        isDropped ? cut() : from.pipe(reply.writeHead(from.statusCode ?? 500, from.headers)),
      )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${Object(server.address()).port}`
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const options = { region: 'us-east-1', credentials, forcePathStyle: true }
  const direct = new S3Client({ ...options, endpoint: aws.url })
  const s3 = new S3Client({ ...options, endpoint: `http://${host}` })
  onTestFinished(async () => {
    s3.destroy()
    direct.destroy()
    server.closeAllConnections()
    server.close()
    await aws.close()
  })
  await direct.send(new CreateBucketCommand({ Bucket }))
  const head = (Key: string) => direct.send(new HeadObjectCommand({ Bucket, Key }))
  const pauses: number[] = []
  const pause = async (milliseconds: number) => void pauses.push(milliseconds)
  return { s3, host, head, pauses, pause, puts: () => puts }
}

/** Writes a package of random bytes, which is removed after the test. */
export function packageFile(length = 6_000_000): { path: string; md5: string; delivery: FedDelivery } {
  const folder = mkdtempSync(join(tmpdir(), 'put-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const bytes = randomBytes(length)
  const path = join(folder, 'elife-00353-vor-r1.zip')
  writeFileSync(path, bytes)
  const md5 = createHash('md5').update(bytes).digest('hex')
  const intendedAt = Temporal.Now.instant().toString()
  return { path, md5, delivery: { key: basename(path), md5, automatic: true, intendedAt, after: 0, put: false } }
}
