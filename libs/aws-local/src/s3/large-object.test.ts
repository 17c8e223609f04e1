// Bodies pass through the server: its memory does not grow with them.
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, onTestFinished, test } from 'vitest'
import { spawnAwsLocal } from '../testing/internal/s3-server.ts'

const megabyte = 1024 ** 2
const size = 192 * megabyte

test.skipIf(!existsSync('/proc/self/status'))(
  '192 MB in and out take less than 96 MB of memory (read from /proc)',
  async () => {
    const data = await mkdtemp(join(tmpdir(), 'aws-local-large-'))
    onTestFinished(() => rm(data, { recursive: true, force: true }))
    const { process: server, url } = await spawnAwsLocal(data)
    const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024

    await call(url, 'PUT', '/b-1')
    const before = peak()
    const chunk = Buffer.alloc(megabyte, 7)
    await call(url, 'PUT', '/b-1/large', Readable.from(Array.from({ length: 192 }, () => chunk)))
    expect(await call(url, 'GET', '/b-1/large')).toBe(size)
    expect(peak() - before).toBeLessThan(96)
  },
)

/** Sends a request without the checksums of a client, which would cost more than the transfer; resolves to the returned bytes. */
async function call(url: string, method: string, path: string, body?: Readable): Promise<number> {
  const length = body ? size : 0
  const headers = { authorization: 'AWS4-HMAC-SHA256 any', 'content-length': length }
  const sent = request(url + path, { method, headers })
  const replied = new Promise<number>((resolve, reject) => {
    sent.once('error', reject).once('response', (reply) => {
      let received = 0
      reply.on('data', (bytes: Buffer) => (received += bytes.length)).once('error', reject)
      reply.once('end', () => (reply.statusCode === 200 ? resolve(received) : reject(new Error(`${reply.statusCode}`))))
    })
  })
  await (body ? pipeline(body, sent) : new Promise<void>((resolve) => sent.end(resolve)))
  return replied
}
