import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress } from './address.ts'
import { matchRoute } from './routes.ts'

const match = (method: string, url: string, copies = false) =>
  matchRoute(method, parseAddress(url, '127.0.0.1', []), copies)

test.each([
  ['GET', '/', 'ListBuckets'],
  ['PUT', '/b', 'CreateBucket'],
  ['PUT', '/b/', 'CreateBucket'],
  ['GET', '/b', 'ListObjects'],
  ['GET', '/b?list-type=2&prefix=x', 'ListObjectsV2'],
  ['GET', '/b?location', 'GetBucketLocation'],
  ['POST', '/b?delete', 'DeleteObjects'],
  ['POST', '/b/?delete=&x-id=DeleteObjects', 'DeleteObjects'],
  ['PUT', '/b/k?x-id=PutObject', 'PutObject'],
  ['GET', '/b/k?X-Amz-Signature=0&x-amz-checksum-mode=ENABLED&response-content-type=a', 'GetObject'],
  ['PUT', '/b/k?partNumber=1&uploadId=x', 'UploadPart'],
  ['GET', '/b/k?uploadId=x', 'ListParts'],
  ['DELETE', '/b/k?uploadId=x', 'AbortMultipartUpload'],
  ['DELETE', '/b/k?tagging', 'DeleteObjectTagging'],
])('%s %s is %s', (method, url, operation) => {
  expect(match(method, url)).toBe(operation)
})

test('a copy is recognised by its header', () => {
  expect(match('PUT', '/b/k', true)).toBe('CopyObject')
  expect(match('PUT', '/b/k?partNumber=1&uploadId=x', true)).toBe('UploadPartCopy')
})

test('whatever the flags, a write or a removal is never another one', () => {
  const flag = fc.oneof(
    fc.constantFrom('tagging', 'uploads', 'uploadId', 'partNumber', 'acl', 'policy'),
    fc.stringMatching(/^[a-wyz]{1,8}$/),
  )
  fc.assert(
    fc.property(
      fc.constantFrom('PUT', 'DELETE'),
      fc.uniqueArray(flag, { minLength: 1, maxLength: 3 }),
      (method, flags) => {
        const url = `/b/k?${flags.join('&')}`
        try {
          expect(['PutObject', 'DeleteObject', 'CopyObject']).not.toContain(match(method, url))
        } catch (error) {
          expect(error).toMatchObject({ code: 'NotImplemented' })
        }
      },
    ),
  )
})
