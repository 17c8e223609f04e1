import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'

test('of many writers with If-None-Match, one succeeds', async () => {
  const { s3, Bucket, text } = await startS3()
  const writers = Array.from({ length: 10 }, (_, index) =>
    s3.send(new PutObjectCommand({ Bucket, Key: 'lock', Body: `writer ${index}`, IfNoneMatch: '*' })).then(() => index),
  )
  const outcomes = await Promise.allSettled(writers)
  const winners = outcomes.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []))
  expect(winners).toHaveLength(1)
  expect(await text('lock')).toBe(`writer ${winners[0]}`)
})

test('an object that is replaced or deleted while it is read is read to its end', async () => {
  const { s3, Bucket, put, raw } = await startS3()
  const content = Buffer.alloc(8 * 1024 ** 2, 'a')
  await put('k', content)
  const reading = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
  await put('k', 'replaced')
  await raw('/b-1/k', { method: 'DELETE' })
  expect((await reading.Body?.transformToByteArray())?.length).toBe(content.length)
})

test('an upload that breaks off leaves neither object nor file', async () => {
  const data = await mkdtemp(join(tmpdir(), 'aws-local-broken-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  const { server, s3, Bucket } = await startS3({ data })
  const headers = { authorization: 'AWS4-HMAC-SHA256 any', 'content-length': 1_000_000 }
  const upload = request(`${server.url}/b-1/k`, { method: 'PUT', headers }).on('error', () => {})
  upload.write(Buffer.alloc(500_000))
  const incoming = () => readdirSync(join(data, 'objects', 'incoming'))
  await expect.poll(incoming).toHaveLength(1)
  upload.destroy()
  await expect.poll(incoming).toEqual([])
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NotFound' })
})
