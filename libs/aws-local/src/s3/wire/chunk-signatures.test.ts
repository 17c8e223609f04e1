import { createHash } from 'node:crypto'
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { startAwsLocal } from '../../index.ts'
import { canonicalRequest, mac, sha256, signatureOf, signingKey } from '../../signature/v4.ts'
import { createChunkDecoder } from './chunk-framing.ts'
import { createChunkSignatures } from './chunk-signatures.ts'

/** Bodies with signed frames, as older SDKs and command lines send them. */

const example = {
  date: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const letters = (count: number) => Buffer.alloc(count, 'a')

/** The worked example of S3's documentation: 66,560 letters in two frames. */
test.each([
  [
    'without trailers',
    '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ],
    [],
    undefined,
  ],
  [
    'with trailers',
    '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    ['x-amz-checksum-crc32c:sOO8/Q=='],
    'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435',
  ],
] as const)(
  'the example of the documentation, %s, is signed as it says',
  (_, signature, signatures, trailers, last) => {
    const chain = createChunkSignatures({ ...example, signature }, last !== undefined)
    for (const [index, content] of [letters(65_536), letters(1024), letters(0)].entries()) {
      chain.begin(signatures[index])
      chain.data(content)
      chain.end()
    }
    chain.trailers(trailers, last)
    const other = createChunkSignatures({ ...example, signature: sha256('other') }, false)
    other.begin(signatures[0])
    other.data(letters(65_536))
    expect(() => other.end()).toThrow(/signature we calculated does not match/)
  },
)

const secret = 'secret one'

/** A PUT whose frames are signed with `secret`. */
function signedPut(url: string, frames: readonly Buffer[], kind: 'plain' | 'trailer') {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`
  const payload = `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${kind === 'trailer' ? '-TRAILER' : ''}`
  const content = Buffer.concat(frames)
  const headers: Record<string, string> = {
    'x-amz-content-sha256': payload,
    'x-amz-date': date,
    'x-amz-decoded-content-length': String(content.length),
    'content-encoding': 'aws-chunked',
    ...(kind === 'trailer' && { 'x-amz-trailer': 'x-amz-checksum-sha256' }),
  }
  const { host, pathname } = new URL(url)
  const names = ['host', ...Object.keys(headers)].toSorted().join(';')
  const canonical = canonicalRequest({
    method: 'PUT',
    path: pathname,
    query: [],
    header: (name) => (name === 'host' ? host : headers[name]),
    signedHeaders: names,
    payload,
  })
  const key = signingKey(scope, secret)
  const seed = signatureOf(canonical, { date, scope }, secret)
  headers['authorization'] = `AWS4-HMAC-SHA256 Credential=AKIAONE/${scope}, SignedHeaders=${names}, Signature=${seed}`
  let previous = seed
  const next = (of: string, ...hashes: string[]) =>
    (previous = mac(key, [`AWS4-HMAC-SHA256-${of}`, date, scope, previous, ...hashes].join('\n')).toString('hex'))
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
  const parts = [...frames, Buffer.alloc(0)].flatMap((frame) => [
    Buffer.from(
      `${frame.length.toString(16)};chunk-signature=${next('PAYLOAD', sha256(''), hash(frame).toString('hex'))}\r\n`,
    ),
    frame,
    Buffer.from(frame.length > 0 ? '\r\n' : ''),
  ])
  const checksum = `x-amz-checksum-sha256:${hash(content).toString('base64')}`
  const trailer =
    kind === 'trailer' ? `${checksum}\r\nx-amz-trailer-signature:${next('TRAILER', sha256(`${checksum}\n`))}\r\n` : ''
  return { headers, body: Buffer.concat([...parts, Buffer.from(`${trailer}\r\n`)]) }
}

test.each(['plain', 'trailer'] as const)('frames are verified with a list of keys: %s', async (kind) => {
  const aws = await startAwsLocal({ keys: { AKIAONE: secret } })
  const credentials = { accessKeyId: 'AKIAONE', secretAccessKey: secret }
  const s3 = new S3Client({ endpoint: aws.url, region: 'us-east-1', forcePathStyle: true, credentials })
  onTestFinished(async () => {
    s3.destroy()
    await aws.close()
  })
  await s3.send(new CreateBucketCommand({ Bucket: 'b-1' }))
  const url = `${aws.url}/b-1/k`
  const put = async (change: (body: string) => string) => {
    const { headers, body } = signedPut(url, [Buffer.from('first frame, '), Buffer.from('second frame')], kind)
    const reply = await fetch(url, { method: 'PUT', headers, body: change(body.toString('latin1')) })
    return [reply.status, /<Code>(\w+)</.exec(await reply.text())?.[1]]
  }
  const changes: ((body: string) => string)[] = [
    (body) => body.replace('second', 'sEcond'),
    (body) => body.replace(/;chunk-signature=\w+/, ''),
    (body) => body.replace(/chunk-signature=\w/, 'chunk-signature=x'),
    // One frame missing, and the last one as the whole body.
    (body) => body.replace(/^[^\r]+\r\nfirst frame, \r\n/, ''),
    (body) => body.replace(/0;chunk-signature[^]*/, '0\r\n\r\n'),
    ...(kind === 'trailer'
      ? [(body: string) => body.replace(/x-amz-trailer-signature:\w+\r\n/, '')]
      : [(body: string) => body.replace(/\r\n$/, 'x-amz-checksum-sha256:abc\r\n\r\n')]),
  ]
  for (const change of changes) expect(await put(change)).toEqual([403, 'SignatureDoesNotMatch'])
  expect(aws.bucket('b-1').objects()).toEqual([])
  expect(await put((body) => body)).toEqual([200, undefined])
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b-1', Key: 'k' }))
  expect(await Body?.transformToString()).toBe('first frame, second frame')
})

test('with any credentials accepted, chunk signatures are ignored', () => {
  const decoder = createChunkDecoder()
  const [content] = decoder.push(Buffer.from('2;chunk-signature=zz\r\nhi\r\n0;chunk-signature=zz\r\n\r\n'))
  expect([content?.toString(), decoder.end().size]).toEqual(['hi', 0])
})
