import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'

const partSize = 5 * 1024 ** 2

async function begin(more: Partial<CreateMultipartUploadCommandInput> = {}) {
  const started = await startS3()
  const { s3, Bucket } = started
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big', ...more }))
  const target = { Bucket, Key: 'big', UploadId }
  return {
    ...started,
    target,
    upload: async (PartNumber: number, Body: Uint8Array) => {
      const part = await s3.send(new UploadPartCommand({ ...target, PartNumber, Body }))
      return { PartNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 }
    },
    complete: (Parts: object[], conditions: object = {}) =>
      s3.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, ...conditions })),
  }
}

test("lib-storage's upload of a stream comes back whole", async () => {
  const { s3, Bucket } = await startS3()
  const Body = randomBytes(partSize * 2 + 12_345)
  await new Upload({ client: s3, params: { Bucket, Key: 'big', Body, Metadata: { m: '1' } }, partSize }).done()
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }))
  expect(got.Metadata).toEqual({ m: '1' })
  expect(got.ETag).toMatch(/-3"$/)
  expect(Buffer.compare((await got.Body?.transformToByteArray()) ?? Buffer.alloc(0), Body)).toBe(0)
  const across = await s3.send(
    new GetObjectCommand({ Bucket, Key: 'big', Range: `bytes=${partSize - 2}-${partSize + 1}` }),
  )
  expect(await across.Body?.transformToByteArray()).toEqual(new Uint8Array(Body.subarray(partSize - 2, partSize + 2)))
  const second = await s3.send(new HeadObjectCommand({ Bucket, Key: 'big', PartNumber: 2 }))
  expect(second).toMatchObject({ PartsCount: 3, ContentLength: partSize })
})

test('the entity tag is the MD5 of the MD5s of the parts, the checksum that of the checksums', async () => {
  const { upload, complete } = await begin({ ChecksumAlgorithm: 'CRC32' })
  const bodies = [Buffer.alloc(partSize, 1), Buffer.from('tail')]
  const parts = [await upload(1, Buffer.alloc(partSize, 1)), await upload(7, Buffer.from('tail'))]
  const done = await complete(parts)
  const md5 = createHash('md5')
  for (const body of bodies) md5.update(createHash('md5').update(body).digest())
  expect(done.ETag).toBe(`"${md5.digest('hex')}-2"`)
  const sums = Buffer.alloc(8)
  for (const [index, body] of bodies.entries()) sums.writeUInt32BE(crc32(body), index * 4)
  const composite = Buffer.alloc(4)
  composite.writeUInt32BE(crc32(sums))
  expect([done.ChecksumCRC32, done.ChecksumType]).toEqual([`${composite.toString('base64')}-2`, 'COMPOSITE'])
})

test('a checksum of the full object is that of its bytes', async () => {
  const { upload, complete } = await begin({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' })
  const done = await complete([await upload(1, Buffer.alloc(partSize, 1)), await upload(2, Buffer.from('tail'))])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32('tail', crc32(Buffer.alloc(partSize, 1))))
  expect(done).toMatchObject({ ChecksumType: 'FULL_OBJECT', ChecksumCRC32: sum.toString('base64') })
})

test('a part uploaded again replaces the first, and parts not named are left out', async () => {
  const { upload, complete, text } = await begin()
  await upload(1, Buffer.from('first'))
  await upload(2, Buffer.from('never'))
  await complete([await upload(1, Buffer.from('second'))])
  expect(await text('big')).toBe('second')
})

test.each<[string, (parts: { PartNumber: number; ETag: string | undefined }[]) => object[]]>([
  ['InvalidPartOrder', ([a, b]) => [{ ...b }, { ...a }]],
  ['InvalidPart', ([a]) => [{ ...a, ETag: '"0"' }]],
  ['InvalidPart', ([a]) => [{ ...a }, { PartNumber: 3, ETag: a?.ETag }]],
  ['EntityTooSmall', ([a, b]) => [{ ...a }, { ...b }]],
])('%s leaves the upload as it was', async (name, choose) => {
  const { upload, complete, text } = await begin()
  const parts = [await upload(1, Buffer.from('a')), await upload(2, Buffer.from('b'))]
  await expect(complete(choose(parts))).rejects.toMatchObject({ name })
  await complete(parts.slice(1))
  expect(await text('big')).toBe('b')
})

test('completing under a condition that fails keeps the parts', async () => {
  const { upload, complete, put, text } = await begin()
  const part = await upload(1, Buffer.from('new'))
  await put('big', 'old')
  await expect(complete([part], { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
  await complete([part])
  expect(await text('big')).toBe('new')
})

test('an upload is listed with its parts until it is aborted, and unknown then', async () => {
  const { s3, Bucket, target, upload } = await begin()
  await upload(3, Buffer.from('abc'))
  const uploads = await s3.send(new ListMultipartUploadsCommand({ Bucket }))
  expect(uploads.Uploads).toMatchObject([{ Key: 'big', UploadId: target.UploadId }])
  const parts = await s3.send(new ListPartsCommand(target))
  expect(parts.Parts).toMatchObject([{ PartNumber: 3, Size: 3, ETag: '"900150983cd24fb0d6963f7d28e17f72"' }])
  await s3.send(new AbortMultipartUploadCommand(target))
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined()
  await expect(upload(1, Buffer.from('late'))).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

test('uploads of many keys, and several of one key, page without loss', async () => {
  const { s3, Bucket } = await startS3()
  for (const Key of ['a', 'a', 'a', 'b/1', 'b/2', 'c']) await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const seen: (string | undefined)[] = []
  let marker = {}
  for (;;) {
    const page = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, Delimiter: '/', ...marker }))
    seen.push(...(page.Uploads ?? []).map(({ Key }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix))
    if (!page.IsTruncated) break
    marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
  expect(seen).toEqual(['a', 'a', 'a', 'b/', 'c'])
})

test('a part may be copied from a range of another object', async () => {
  const { s3, put, target, complete, text } = await begin()
  await put('source', '0123456789')
  const CopySource = 'b-1/source'
  const copy = await s3.send(
    new UploadPartCopyCommand({ ...target, PartNumber: 1, CopySource, CopySourceRange: 'bytes=3-6' }),
  )
  await complete([{ PartNumber: 1, ETag: copy.CopyPartResult?.ETag }])
  expect(await text('big')).toBe('3456')
})

test('files of replaced, aborted and deleted parts are removed', async () => {
  const data = await mkdtemp(join(tmpdir(), 'aws-local-test-'))
  onTestFinished(() => rm(data, { recursive: true }))
  const { s3, put, Bucket } = await startS3({ data })
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }))
  const part = { Bucket, Key: 'k', UploadId, PartNumber: 1 }
  await s3.send(new UploadPartCommand({ ...part, Body: 'a' }))
  await s3.send(new UploadPartCommand({ ...part, Body: 'b' }))
  await s3.send(new AbortMultipartUploadCommand(part))
  await put('k', 'one')
  await put('k', 'two')
  const files = () =>
    readdirSync(join(data, 'objects'), { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
  await expect.poll(() => files().length).toBe(1)
})
