// Single objects through SDK v3, which verifies checksums and entity tags itself.
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'

test('an object comes back as it was put, with its headers and metadata', async () => {
  const { s3, Bucket } = await startS3()
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'a b/ü+%.txt',
      Body: 'hello',
      ContentType: 'text/plain',
      ContentDisposition: 'attachment',
      ContentEncoding: 'identity',
      CacheControl: 'max-age=60',
      Metadata: { publication: 'automatic' },
    }),
  )
  expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"')
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a b/ü+%.txt' }))
  expect(await got.Body?.transformToString()).toBe('hello')
  expect(got).toMatchObject({
    ContentType: 'text/plain',
    ContentDisposition: 'attachment',
    ContentEncoding: 'identity',
    CacheControl: 'max-age=60',
    ContentLength: 5,
    Metadata: { publication: 'automatic' },
    ETag: put.ETag,
    ChecksumCRC32: put.ChecksumCRC32,
  })
})

test('a streamed body is stored without its framing', async () => {
  const { s3, Bucket, text } = await startS3()
  const Body = Readable.from([Buffer.from('one '), Buffer.from('two')])
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 7 }))
  expect(await text('k')).toBe('one two')
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
  expect(head.ContentEncoding).toBeUndefined()
  expect(head.ContentLength).toBe(7)
})

test.each<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])(
  'a %s checksum is verified and given back',
  async (algorithm) => {
    const { s3, Bucket } = await startS3()
    const Body = Buffer.from('some content')
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ChecksumAlgorithm: algorithm }))
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }))
    expect(got[`Checksum${algorithm}`]).toMatch(/=$/)
    expect(await got.Body?.transformToString()).toBe('some content')
  },
)

test('a body that does not match its checksum is refused and leaves nothing', async () => {
  const { s3, Bucket, raw } = await startS3()
  const reply = await raw('/b-1/k', { method: 'PUT', body: 'x', headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } })
  expect(reply.status).toBe(400)
  expect(await reply.text()).toContain('<Code>BadDigest</Code>')
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NotFound' })
})

test('ranges, suffix ranges and ranges outside', async () => {
  const { s3, Bucket, put } = await startS3()
  await put('k', '0123456789')
  const range = async (Range: string) => {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range }))
    return [await got.Body?.transformToString(), got.ContentRange]
  }
  expect(await range('bytes=2-4')).toEqual(['234', 'bytes 2-4/10'])
  expect(await range('bytes=-3')).toEqual(['789', 'bytes 7-9/10'])
  expect(await range('bytes=8-')).toEqual(['89', 'bytes 8-9/10'])
  await expect(range('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' })
})

test('conditions of reads and writes', async () => {
  const { s3, Bucket, put } = await startS3()
  const { ETag } = await put('k', 'one')
  const write = (more: object) => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'two', ...more }))
  await expect(write({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
  await expect(write({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfNoneMatch: ETag }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  })
  await write({ IfMatch: ETag })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfMatch: ETag }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  })
})

test('a copy has the bytes and, unless replaced, the metadata of its source', async () => {
  const { s3, Bucket, text } = await startS3()
  await s3.send(
    new PutObjectCommand({ Bucket, Key: 'a/ü 1', Body: 'x', Metadata: { m: '1' }, ContentType: 'image/tiff' }),
  )
  const CopySource = `${Bucket}/${encodeURIComponent('a/ü 1')}`
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a/ü 1' }))
  expect(await text('copy')).toBe('x')
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({
    Metadata: { m: '1' },
    ContentType: 'image/tiff',
  })
  const self = { Bucket, Key: 'copy', CopySource: `/${Bucket}/copy` }
  await expect(s3.send(new CopyObjectCommand(self))).rejects.toMatchObject({ name: 'InvalidRequest' })
  await s3.send(new CopyObjectCommand({ ...self, MetadataDirective: 'REPLACE', Metadata: { m: '2' } }))
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).Metadata).toEqual({ m: '2' })
})

test('deleting a missing key is no error, and many keys at once are reported one by one', async () => {
  const { s3, Bucket, put } = await startS3()
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'missing' }))
  await put('a & <b>', 'x')
  const Objects = [{ Key: 'a & <b>' }, { Key: 'missing' }]
  const told = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect(told.Deleted).toEqual(Objects)
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'a & <b>' }))).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test.each(['acl', 'versioning', 'torrent', 'anything'])(
  'an unknown flag ?%s never touches the object',
  async (flag) => {
    const { put, text, raw } = await startS3()
    await put('k', 'kept')
    for (const method of ['PUT', 'DELETE', 'GET', 'POST']) {
      const reply = await raw(`/b-1/k?${flag}`, { method })
      expect(reply.status).toBe(501)
      expect(await reply.text()).toContain(flag)
    }
    expect(await text('k')).toBe('kept')
  },
)

test('keys are arbitrary text: none escapes the folder or clashes with another', async () => {
  const { put, text, raw } = await startS3()
  const keys = [
    '../../etc/passwd',
    'x',
    'x/y',
    'x/',
    'A',
    'a',
    '/',
    '//',
    '.',
    'ключ',
    '😀',
    'a\u0001b',
    '%2F',
    '+',
    ' ',
  ]
  for (const key of keys) await put(key, `content of ${key}`)
  for (const key of keys) expect(await text(key)).toBe(`content of ${key}`)
  expect((await raw('/b-1/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd')).status).toBe(200)
})

test('the attributes of an object are told without its content, those that are asked for', async () => {
  const { s3, Bucket, put, raw } = await startS3()
  await put('k', 'hello')
  const all = new GetObjectAttributesCommand({
    Bucket,
    Key: 'k',
    ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'],
  })
  expect(await s3.send(all)).toMatchObject({
    ETag: '5d41402abc4b2a76b9719d911017c592',
    Checksum: { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' },
    StorageClass: 'STANDARD',
    ObjectSize: 5,
  })
  const size = await s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ['ObjectSize'] }))
  expect(size).toMatchObject({ ObjectSize: 5 })
  expect(size).not.toHaveProperty('ETag')
  const missing = new GetObjectAttributesCommand({ Bucket, Key: 'none', ObjectAttributes: ['ETag'] })
  await expect(s3.send(missing)).rejects.toMatchObject({ name: 'NoSuchKey' })
  const unknown = await raw('/b-1/k?attributes', { headers: { 'x-amz-object-attributes': 'Colour' } })
  expect(unknown.status).toBe(400)
  expect(await unknown.text()).toContain('<Code>InvalidArgument</Code>')
})
