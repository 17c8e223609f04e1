// Any request gets an answer of S3, never an internal failure, and never loses an object that it did not name.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../testing/internal/s3-text.ts'
import { startS3 } from '../testing/internal/s3-server.ts'

const flags = [
  'tagging',
  'uploads',
  'uploadId',
  'partNumber',
  'policy',
  'cors',
  'notification',
  'delete',
  'location',
  'publicAccessBlock',
]
const parameters = [
  'list-type',
  'prefix',
  'delimiter',
  'marker',
  'max-keys',
  'continuation-token',
  'encoding-type',
  'versionId',
  'acl',
]
const value = fc.oneof(fc.constantFrom('', '0', '1', '2', '-1', '/', 'null', 'url', '1YQ'), anyText({ maxLength: 5 }))
const query = fc
  .array(fc.tuple(fc.constantFrom(...flags, ...parameters), value), { maxLength: 3 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join('&'))
const path = fc.oneof(
  fc.constantFrom('/', '/b-1', '/b-1/', '/b-1/k', '/b-2', '/b-1/%zz', '/b-1//', '/b-1/..'),
  anyText({ minLength: 1, maxLength: 8 }).map((key) => `/b-1/${encodeURIComponent(key)}`),
)
const headerNames = [
  'range',
  'if-match',
  'if-none-match',
  'origin',
  'content-md5',
  'content-encoding',
  'x-amz-decoded-content-length',
  'x-amz-content-sha256',
  'x-amz-trailer',
  'x-amz-copy-source',
  'x-amz-copy-source-range',
  'x-amz-metadata-directive',
  'x-amz-tagging',
  'x-amz-checksum-crc32',
  'x-amz-checksum-mode',
  'x-amz-meta-a',
  'x-amz-acl',
  'x-amz-storage-class',
]
const headers = fc.dictionary(
  fc.constantFrom(...headerNames),
  fc.oneof(
    fc.constantFrom(
      '*',
      'bytes=0-0',
      'bytes=9-',
      'aws-chunked',
      '5',
      'b-1/k',
      'b-1/none',
      'ENABLED',
      'REPLACE',
      'http://a',
    ),
    fc.stringMatching(/^[!-~]{1,10}$/),
  ),
  { maxKeys: 3 },
)
const body = fc.oneof(
  fc.constantFrom(
    '',
    '<Tagging/>',
    '<Delete><Object><Key>gone</Key></Object></Delete>',
    '{"Statement":[]}',
    '5\r\nhello\r\n0\r\n\r\n',
  ),
  fc.string({ maxLength: 20 }),
)

test('any request is answered, and an object not named by it stays', async () => {
  const { raw, put, text } = await startS3()
  await put('kept', 'content')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS'),
      path,
      query,
      headers,
      body,
      async (method, target, search, extra, content) => {
        const withBody = method === 'PUT' || method === 'POST'
        const reply = await raw(`${target}?${search}`, { method, headers: extra, ...(withBody && { body: content }) })
        const answer = await reply.text()
        expect([500, 502, 503]).not.toContain(reply.status)
        if (reply.status >= 400 && method !== 'HEAD') expect(answer).toMatch(/<Code>\w+<\/Code>/)
      },
    ),
    { numRuns: 300 },
  )
  expect(await text('kept')).toBe('content')
})
