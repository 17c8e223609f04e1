// Requests that no SDK would make, and how S3 refuses them.
import { expect, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'

const over = (bytes: number) => 'k'.repeat(bytes)

test.each<[string, number, string, { method?: string; body?: string; headers?: Record<string, string> }]>([
  ['NoSuchBucket', 404, '/other/k', {}],
  ['NoSuchKey', 404, '/b-1/none', {}],
  ['KeyTooLongError', 400, `/b-1/${over(1025)}`, { method: 'PUT', body: 'x' }],
  ['InvalidURI', 400, '/b-1/%ff', {}],
  ['InvalidDigest', 400, '/b-1/k', { method: 'PUT', body: 'x', headers: { 'content-md5': 'short' } }],
  ['BadDigest', 400, '/b-1/k', { method: 'PUT', body: 'x', headers: { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } }],
  [
    'XAmzContentSHA256Mismatch',
    400,
    '/b-1/k',
    { method: 'PUT', body: 'x', headers: { 'x-amz-content-sha256': '0'.repeat(64) } },
  ],
  [
    'IncompleteBody',
    400,
    '/b-1/k',
    {
      method: 'PUT',
      body: '5\r\nhel',
      headers: { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '5' },
    },
  ],
  [
    'EntityTooLarge',
    400,
    '/b-1/k',
    {
      method: 'PUT',
      body: 'x',
      headers: { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '5368709121' },
    },
  ],
  [
    'InvalidRequest',
    400,
    '/b-1/k',
    {
      method: 'PUT',
      body: 'x',
      headers: { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    },
  ],
  ['InvalidStorageClass', 400, '/b-1/k', { method: 'PUT', body: 'x', headers: { 'x-amz-storage-class': 'CHEAP' } }],
  ['InvalidTag', 400, '/b-1/k', { method: 'PUT', body: 'x', headers: { 'x-amz-tagging': 'a=1&a=2' } }],
  ['NotImplemented', 501, '/b-1/k', { method: 'PUT', body: 'x', headers: { 'if-none-match': '"etag"' } }],
  ['NotImplemented', 501, '/b-1', { method: 'POST', body: 'a form' }],
  ['MethodNotAllowed', 405, '/b-1/k', { method: 'PATCH' }],
  ['MalformedXML', 400, '/b-1?delete', { method: 'POST', body: '<Delete>' }],
  ['MalformedXML', 400, '/b-1?delete', { method: 'POST', body: '<Delete/>' }],
  [
    'BadDigest',
    400,
    '/b-1?delete',
    { method: 'POST', body: '<Delete/>', headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } },
  ],
  ['InvalidArgument', 400, '/b-1/k', { method: 'PUT', headers: { 'x-amz-copy-source': 'nowhere' } }],
  ['NoSuchKey', 404, '/b-1/k', { method: 'PUT', headers: { 'x-amz-copy-source': 'b-1/none' } }],
  ['NoSuchUpload', 404, '/b-1/k?uploadId=x&partNumber=1', { method: 'PUT', body: 'x' }],
  ['InvalidArgument', 400, '/b-1/k?uploadId=x&partNumber=10001', { method: 'PUT', body: 'x' }],
  ['InvalidArgument', 400, '/b-1/k?versionId=older', {}],
  ['InvalidArgument', 400, '/b-1/k?response-content-type=%0d%0aset-cookie:x', {}],
  [
    'InvalidLocationConstraint',
    400,
    '/b-2',
    {
      method: 'PUT',
      body: '<CreateBucketConfiguration><LocationConstraint>Moon</LocationConstraint></CreateBucketConfiguration>',
    },
  ],
  ['MalformedPolicy', 400, '/b-1?policy', { method: 'PUT', body: 'allow all' }],
  [
    'NotImplemented',
    501,
    '/b-1?notification',
    { method: 'PUT', body: '<NotificationConfiguration><TopicConfiguration/></NotificationConfiguration>' },
  ],
])('%s (%i) for %.40s', async (code, status, path, request) => {
  const { raw, put } = await startS3()
  await put('k', 'kept')
  const reply = await raw(path, request)
  const text = await reply.text()
  expect([reply.status, /<Code>(\w+)/.exec(text)?.[1]]).toEqual([status, code])
  expect(text).toMatch(/<Error>.*<Message>.+<\/Message>.*<RequestId>.+<\/RequestId>.*<\/Error>$/s)
  expect(await (await raw('/b-1/k')).text()).toBe('kept')
})

test('a HEAD that fails has no body', async () => {
  const { raw } = await startS3()
  const reply = await raw('/b-1/none', { method: 'HEAD' })
  expect([reply.status, await reply.text()]).toEqual([404, ''])
})
