import type { IncomingHttpHeaders } from 'node:http'
import { checksumAlgorithms, checksumLength, parseAlgorithm, type ChecksumAlgorithm } from '../model/checksums.ts'
import { chunkSignaturesOf, type ChunkSignatures } from './chunk-signatures.ts'
import { header } from './headers.ts'
import { S3Error } from '../model/errors.ts'
import type { SecretOf } from './presigned.ts'

/** Properties of a body as its request headers declare them. */
export interface DeclaredBody {
  /** True if the content is framed (`aws-chunked`). */
  readonly framed: boolean
  /** Verifies the frames, if they are signed and signatures are checked. */
  readonly signatures: ChunkSignatures | undefined
  /** Length of the content in bytes, without framing. */
  readonly size: number | undefined
  readonly md5: string | undefined
  readonly sha256: string | undefined
  readonly algorithm: ChecksumAlgorithm | undefined
  /** The expected checksum, unless it follows as a trailer. */
  readonly checksum: string | undefined
  readonly trailer: boolean
}

/** For bytes without any headers. */
export const nothingDeclared: DeclaredBody = {
  framed: false,
  signatures: undefined,
  size: undefined,
  md5: undefined,
  sha256: undefined,
  algorithm: undefined,
  checksum: undefined,
  trailer: false,
}

/** Maximum size of a PUT or a part, in bytes. */
export const maxPutSize = 5 * 1024 ** 3

/** Reads the headers that describe a body; with `signedBy`, frames are verified. Throws InvalidDigest or InvalidRequest. */
export function parseDeclaredBody(headers: IncomingHttpHeaders, signedBy: SecretOf | undefined): DeclaredBody {
  const hash = header(headers, 'x-amz-content-sha256') ?? ''
  const framed = hash.startsWith('STREAMING-') || /\baws-chunked\b/.test(header(headers, 'content-encoding') ?? '')
  const length = header(headers, framed ? 'x-amz-decoded-content-length' : 'content-length')
  if (length !== undefined && !/^\d{1,15}$/.test(length))
    throw new S3Error('InvalidRequest', `The length of the content is not a number: ${length}.`)
  const md5 = header(headers, 'content-md5')
  if (md5 !== undefined && !isBase64Of(16, md5)) throw new S3Error('InvalidDigest', undefined, { 'Content-MD5': md5 })
  const sha256 = /^[0-9a-f]{64}$/.test(hash) ? hash : undefined
  const signatures = signedBy && chunkSignaturesOf(headers, signedBy)
  return {
    framed,
    signatures,
    size: length === undefined ? undefined : Number(length),
    md5,
    sha256,
    ...parseChecksum(headers),
  }
}

/** As {@link parseDeclaredBody}, for a body that becomes an object or a part. Also throws MissingContentLength or EntityTooLarge. */
export function parseDeclaredContent(headers: IncomingHttpHeaders, signedBy: SecretOf | undefined): DeclaredBody {
  const declared = parseDeclaredBody(headers, signedBy)
  if (declared.size === undefined && header(headers, 'transfer-encoding') === undefined)
    throw new S3Error('MissingContentLength')
  if (declared.size !== undefined && declared.size > maxPutSize)
    throw new S3Error('EntityTooLarge', undefined, { ProposedSize: declared.size, MaxSizeAllowed: maxPutSize })
  return declared
}

function parseChecksum(headers: IncomingHttpHeaders): Pick<DeclaredBody, 'algorithm' | 'checksum' | 'trailer'> {
  const [algorithm, more] = checksumAlgorithms.filter((it) => header(headers, `x-amz-checksum-${it}`) !== undefined)
  if (more)
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
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

function isBase64Of(bytes: number, text: string): boolean {
  const decoded = Buffer.from(text, 'base64')
  return decoded.length === bytes && decoded.toString('base64') === text
}
