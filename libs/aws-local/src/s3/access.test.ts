import {
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'
import { virtualClock } from '../time/virtual-clock.ts'

const codeOf = async (reply: Response) => [reply.status, /<Code>(\w+)/.exec(await reply.text())?.[1]]

test('without credentials every request is refused', async () => {
  const { server, put } = await startS3()
  await put('k', 'secret')
  for (const path of ['/', '/b-1', '/b-1/k'])
    expect(await codeOf(await fetch(server.url + path))).toEqual([403, 'AccessDenied'])
  for (const method of ['PUT', 'DELETE'])
    expect(await codeOf(await fetch(`${server.url}/b-1/k`, { method }))).toEqual([403, 'AccessDenied'])
})

test('a policy lets everyone read, but neither write nor learn which keys exist', async () => {
  const { s3, Bucket, server, put } = await startS3()
  await put('public/a b.jpg', 'seen')
  await put('private.jpg', 'unseen')
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b-1/public/*' }
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
  )
  const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}/b-1${path}`, init)
  expect(await (await get('/public/a%20b.jpg')).text()).toBe('seen')
  expect((await get('/public/a%20b.jpg', { method: 'HEAD' })).status).toBe(200)
  for (const path of ['/private.jpg', '/public/missing.jpg', '', '/public/a%20b.jpg?tagging'])
    expect((await get(path)).status).toBe(403)
  expect((await get('/public/a%20b.jpg', { method: 'DELETE' })).status).toBe(403)
})

test('a presigned URL works until it expires, and only as signed', async () => {
  const clock = virtualClock(Date.now())
  const { s3, Bucket, put } = await startS3({ clock })
  await put('a b/ü.txt', 'hello')
  const get = new GetObjectCommand({ Bucket, Key: 'a b/ü.txt', ResponseContentDisposition: 'attachment; filename="x"' })
  const url = await getSignedUrl(s3, get, { expiresIn: 60 })
  const reply = await fetch(url)
  expect([await reply.text(), reply.headers.get('content-disposition')]).toEqual(['hello', 'attachment; filename="x"'])
  expect(await codeOf(await fetch(url.replace('%C3%BC', 'u')))).toEqual([403, 'SignatureDoesNotMatch'])
  expect(await codeOf(await fetch(url, { method: 'PUT', body: 'x' }))).not.toEqual([200, undefined])
  clock.advance(62_000)
  const late = await fetch(url)
  expect(late.status).toBe(403)
  expect(await late.text()).toContain('Request has expired')
})

test('a presigned put stores its body', async () => {
  const { server, Bucket, text } = await startS3()
  // By default SDK v3 would sign the checksum of an empty body.
  const signer = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'any', secretAccessKey: 'local' },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })
  const url = await getSignedUrl(signer, new PutObjectCommand({ Bucket, Key: 'k' }))
  expect((await fetch(url, { method: 'PUT', body: 'sent' })).status).toBe(200)
  expect(await text('k')).toBe('sent')
})

test('another secret does not sign', async () => {
  const { server, Bucket } = await startS3()
  const credentials = { accessKeyId: 'any', secretAccessKey: 'other' }
  const signer = new S3Client({ endpoint: server.url, region: 'us-east-1', forcePathStyle: true, credentials })
  const url = await getSignedUrl(signer, new GetObjectCommand({ Bucket, Key: 'k' }))
  expect(await codeOf(await fetch(url))).toEqual([403, 'SignatureDoesNotMatch'])
})

test("boto3's older presigned URLs work until they expire", async () => {
  const clock = virtualClock(Date.now())
  const { server, put } = await startS3({ clock })
  await put('k', 'hello')
  const Expires = String(Math.floor(clock.now() / 1000) + 60)
  const text = `GET\n\n\n${Expires}\n/b-1/k?response-content-type=text/x`
  const Signature = createHmac('sha1', 'local').update(text).digest('base64')
  const query = { 'response-content-type': 'text/x', AWSAccessKeyId: 'local', Expires, Signature }
  const url = `${server.url}/b-1/k?${new URLSearchParams(query).toString()}`
  const reply = await fetch(url)
  expect([await reply.text(), reply.headers.get('content-type')]).toEqual(['hello', 'text/x'])
  expect(await codeOf(await fetch(url.replace('/k?', '/l?')))).toEqual([403, 'SignatureDoesNotMatch'])
  clock.advance(61_000)
  expect(await codeOf(await fetch(url))).toEqual([403, 'AccessDenied'])
})

test('a put presigned with Signature Version 2 has its content type from the query, or again in the header', async () => {
  const clock = virtualClock(Date.now())
  const { server, raw } = await startS3({ clock })
  const Expires = String(Math.floor(clock.now() / 1000) + 60)
  const Signature = createHmac('sha1', 'local').update(`PUT\n\nimage/tiff\n${Expires}\n/b-1/f.tif`).digest('base64')
  const query = { AWSAccessKeyId: 'local', Signature, 'content-type': 'image/tiff', Expires }
  const url = `${server.url}/b-1/f.tif?${new URLSearchParams(query).toString()}`
  const body = new Uint8Array([1, 2])
  expect((await fetch(url, { method: 'PUT', body })).status).toBe(200)
  expect((await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'image/tiff' } })).status).toBe(200)
  const other = await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'text/html' } })
  expect(await codeOf(other)).toEqual([403, 'SignatureDoesNotMatch'])
  expect((await raw('/b-1/f.tif', { method: 'HEAD' })).headers.get('content-type')).toBe('image/tiff')
})
