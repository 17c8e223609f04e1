import type { IncomingHttpHeaders } from 'node:http'
import {
  checksumAlgorithms,
  checksumLength,
  createChecksum,
  createNodeHash,
  parseAlgorithm,
  type Checksum,
  type ChecksumAlgorithm,
} from './checksums.ts'
import { createChunkDecoder } from './chunk-framing.ts'
import { header } from './description.ts'
import { S3Error } from './errors.ts'
import type { Draft, ObjectFiles } from './object-files.ts'

/** What came in: a file of the store, and what its bytes add up to. */
export interface Received {
  readonly file: string
  readonly size: number
  /** Hex MD5: the entity tag. */
  readonly md5: string
  readonly checksum: Checksum | undefined
}

/** What the headers promise of a body. */
export interface Promised {
  readonly framed: boolean
  /** Bytes of content, without framing. */
  readonly size: number | undefined
  readonly md5: string | undefined
  readonly sha256: string | undefined
  readonly algorithm: ChecksumAlgorithm | undefined
  /** What the checksum must be, unless it follows as a trailer. */
  readonly checksum: string | undefined
  readonly trailer: boolean
}

const largestPut = 5 * 1024 ** 3

/** Reads the promises. Throws InvalidDigest, InvalidRequest, EntityTooLarge or MissingContentLength. */
export function parsePromised(headers: IncomingHttpHeaders): Promised {
  const hash = header(headers, 'x-amz-content-sha256') ?? ''
  const framed = hash.startsWith('STREAMING-') || /\baws-chunked\b/.test(header(headers, 'content-encoding') ?? '')
  const length = header(headers, framed ? 'x-amz-decoded-content-length' : 'content-length')
  const size = length === undefined ? undefined : Number(length)
  if (size === undefined && header(headers, 'transfer-encoding') === undefined)
    throw new S3Error('MissingContentLength')
  if (size !== undefined && (!Number.isInteger(size) || size < 0))
    throw new S3Error('InvalidRequest', 'The length of the content is not a number.')
  if (size !== undefined && size > largestPut)
    throw new S3Error('EntityTooLarge', undefined, { ProposedSize: size, MaxSizeAllowed: largestPut })
  const md5 = header(headers, 'content-md5')
  if (md5 !== undefined && !isBase64Of(16, md5)) throw new S3Error('InvalidDigest', undefined, { 'Content-MD5': md5 })
  const sha256 = /^[0-9a-f]{64}$/.test(hash) ? hash : undefined
  return { framed, size, md5, sha256, ...parseChecksumHeaders(headers) }
}

function parseChecksumHeaders(headers: IncomingHttpHeaders): Pick<Promised, 'algorithm' | 'checksum' | 'trailer'> {
  const given = checksumAlgorithms.filter((it) => header(headers, `x-amz-checksum-${it}`) !== undefined)
  if (given.length > 1)
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  const [algorithm] = given
  if (algorithm) {
    const checksum = header(headers, `x-amz-checksum-${algorithm}`) ?? ''
    if (!isBase64Of(checksumLength[algorithm], checksum))
      throw new S3Error('InvalidRequest', `Value for x-amz-checksum-${algorithm} header is invalid.`)
    return { algorithm, checksum, trailer: false }
  }
  const trailer = header(headers, 'x-amz-trailer')
  const announced = parseAlgorithm(trailer?.trim().replace(/^x-amz-checksum-/i, ''))
  if (trailer !== undefined && announced === undefined)
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported')
  return { algorithm: announced, checksum: undefined, trailer: announced !== undefined }
}

const isBase64Of = (bytes: number, text: string): boolean => {
  const decoded = Buffer.from(text, 'base64')
  return decoded.length === bytes && decoded.toString('base64') === text
}

/** Streams a body into a file of the store. What does not keep its promises leaves nothing and throws BadDigest, IncompleteBody or their kind. */
export async function receive(files: ObjectFiles, body: AsyncIterable<Buffer>, promised: Promised): Promise<Received> {
  const draft = await files.draft()
  try {
    const arrived = await write(draft, body, promised)
    verify(promised, arrived)
    const { size, md5, algorithm, checksum } = { ...promised, ...arrived }
    const file = await draft.keep()
    const kept = algorithm && checksum ? { algorithm, value: checksum, type: 'FULL_OBJECT' as const } : undefined
    return { file, size, md5: md5.toString('hex'), checksum: kept }
  } catch (error) {
    await draft.discard()
    throw error
  }
}

interface Arrived {
  readonly size: number
  readonly md5: Buffer
  readonly sha256: string | undefined
  readonly checksum: string | undefined
  readonly trailers: ReadonlyMap<string, string>
}

async function write(draft: Draft, body: AsyncIterable<Buffer>, promised: Promised): Promise<Arrived> {
  const decoder = promised.framed ? createChunkDecoder() : undefined
  const md5 = createNodeHash('md5')
  const sha256 = promised.sha256 === undefined ? undefined : createNodeHash('sha256')
  const checksum = promised.algorithm && createChecksum(promised.algorithm)
  let size = 0
  for await (const bytes of body) {
    for (const content of decoder ? decoder.push(bytes) : [bytes]) {
      size += content.length
      if (size > largestPut) throw new S3Error('EntityTooLarge')
      for (const digest of [md5, sha256, checksum]) digest?.update(content)
      await draft.handle.appendFile(content)
    }
  }
  return {
    size,
    md5: md5.digest(),
    sha256: sha256?.digest().toString('hex'),
    checksum: checksum?.digest().toString('base64'),
    trailers: decoder?.end() ?? new Map(),
  }
}

function verify(promised: Promised, arrived: Arrived): void {
  if (promised.size !== undefined && promised.size !== arrived.size) throw new S3Error('IncompleteBody')
  if (promised.md5 !== undefined && promised.md5 !== arrived.md5.toString('base64'))
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  if (promised.sha256 !== arrived.sha256) throw new S3Error('XAmzContentSHA256Mismatch')
  const { algorithm } = promised
  if (algorithm === undefined) return
  const said = promised.trailer ? arrived.trailers.get(`x-amz-checksum-${algorithm}`) : promised.checksum
  if (said === undefined && promised.trailer)
    throw new S3Error('InvalidRequest', 'The trailer announced in x-amz-trailer did not come.')
  if (said !== undefined && said !== arrived.checksum)
    throw new S3Error(
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    )
}
