import { createChecksum, type Checksum } from '../model/checksums.ts'
import { createNodeHash } from '../model/digest.ts'
import { createChunkDecoder } from '../wire/chunk-framing.ts'
import { S3Error } from '../model/errors.ts'
import type { ObjectFiles } from '../store/object-files.ts'
import { maxPutSize, type DeclaredBody } from '../wire/declared-content.ts'

/** A received body: its file in the store, its size and digests. */
export interface Received {
  readonly file: string
  readonly size: number
  /** MD5 in hex: the entity tag. */
  readonly md5: string
  readonly checksum: Checksum | undefined
}

/**
 * Streams a body into a file of the store. A body that does not match its headers is discarded and throws BadDigest, IncompleteBody
 * or a similar error.
 */
export async function receive(
  files: ObjectFiles,
  body: AsyncIterable<Buffer>,
  declared: DeclaredBody,
): Promise<Received> {
  const draft = await files.draft()
  try {
    const { size, md5, checksum } = await readVerified(body, declared, maxPutSize, (content) => draft.write(content))
    return { file: await draft.keep(), size, md5: md5.toString('hex'), checksum }
  } catch (error) {
    await draft.discard()
    throw error
  }
}

interface Content {
  readonly size: number
  readonly md5: Buffer
  readonly checksum: Checksum | undefined
}

/** Passes the content of a body to `keep` in pieces, without its framing. Throws if the content does not match its headers. */
export async function readVerified(
  body: AsyncIterable<Buffer>,
  declared: DeclaredBody,
  limit: number,
  keep: (content: Buffer) => void | Promise<void>,
): Promise<Content> {
  const decoder = declared.framed ? createChunkDecoder(declared.signatures) : undefined
  const md5 = createNodeHash('md5')
  const sha256 = declared.sha256 === undefined ? undefined : createNodeHash('sha256')
  const checksum = declared.algorithm && createChecksum(declared.algorithm)
  let size = 0
  for await (const bytes of body) {
    for (const content of decoder ? decoder.push(bytes) : [bytes]) {
      size += content.length
      if (size > limit) throw new S3Error('EntityTooLarge', undefined, { MaxSizeAllowed: limit })
      for (const digest of [md5, sha256, checksum]) digest?.update(content)
      const room = keep(content)
      if (room) await room
    }
  }
  const trailers = decoder?.end() ?? new Map<string, string>()
  const content = { size, md5: md5.digest(), checksum: checksum?.digest().toString('base64') }
  verify(declared, trailers, { ...content, sha256: sha256?.digest().toString('hex') })
  return { ...content, checksum: toChecksum(declared, content.checksum) }
}

const toChecksum = ({ algorithm }: DeclaredBody, value: string | undefined): Checksum | undefined =>
  algorithm && value ? { algorithm, value, type: 'FULL_OBJECT' } : undefined

interface Arrived {
  readonly size: number
  readonly md5: Buffer
  readonly sha256: string | undefined
  readonly checksum: string | undefined
}

function verify(declared: DeclaredBody, trailers: ReadonlyMap<string, string>, arrived: Arrived): void {
  if (declared.size !== undefined && declared.size !== arrived.size) throw new S3Error('IncompleteBody')
  if (declared.md5 !== undefined && declared.md5 !== arrived.md5.toString('base64'))
    throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  if (declared.sha256 !== arrived.sha256) throw new S3Error('XAmzContentSHA256Mismatch')
  const { algorithm } = declared
  if (algorithm === undefined) return
  const said = declared.trailer ? trailers.get(`x-amz-checksum-${algorithm}`) : declared.checksum
  if (said === undefined && declared.trailer)
    throw new S3Error('InvalidRequest', 'The request does not contain the trailer announced in x-amz-trailer.')
  if (said !== undefined && said !== arrived.checksum)
    throw new S3Error(
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    )
}
