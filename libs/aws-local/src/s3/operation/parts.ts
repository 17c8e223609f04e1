import { isoTime, owner } from './buckets.ts'
import { checksumHeaders, checksumXml } from '../wire/checksum-headers.ts'
import { checksumElement, type Checksum } from '../model/checksums.ts'
import { readAgain } from './copy-object.ts'
import { copySourceOf } from './copy-source.ts'
import { header } from '../wire/headers.ts'
import { invalidArgument, S3Error } from '../model/errors.ts'
import { receive, type Received } from './intake.ts'
import { keyEncoding, pageSize } from './lists.ts'
import { uploadOf } from './multipart.ts'
import { parseDeclaredContent } from '../wire/declared-content.ts'
import { parseRange } from '../model/range.ts'
import { modificationTime, type Call, type Operation, type S3 } from './s3.ts'
import type { Part } from '../store/upload-store.ts'

function partNumberOf({ query }: Call): number {
  const text = query.get('partNumber') ?? ''
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 10_000)
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text)
  return number
}

/**
 * Stores a part in place of an earlier one with its number. If the upload has been completed or aborted in the meantime, the part's
 * file is removed.
 */
function keepPart(s3: S3, call: Call, { file, size, md5, checksum }: Received): Part {
  const part = { number: partNumberOf(call), file, size, etag: md5, checksum, modified: modificationTime(s3) }
  try {
    const replaced = s3.context.transaction(() => {
      const { id } = uploadOf(s3, call)
      const earlier = s3.uploads.part(id, part.number)
      s3.uploads.putPart(id, part)
      return earlier
    })
    if (replaced) s3.files.remove([replaced])
    return part
  } catch (error) {
    s3.files.remove([part])
    throw error
  }
}

export const uploadPart: Operation = async (s3, call) => {
  partNumberOf(call)
  const { algorithm } = uploadOf(s3, call)
  const declared = parseDeclaredContent(call.headers, call.signedBy)
  if (algorithm && declared.algorithm && algorithm !== declared.algorithm)
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${algorithm}, actual checksum Type: ${declared.algorithm}`,
    )
  const received = await receive(s3.files, call.body, { ...declared, algorithm: declared.algorithm ?? algorithm })
  const part = keepPart(s3, call, received)
  return { headers: { etag: `"${part.etag}"`, ...checksumOfPart(part.checksum) } }
}

// The checksum type belongs to the object, not to its parts.
const checksumOfPart = (checksum: Checksum | undefined): Record<string, string> => {
  const { 'x-amz-checksum-type': _, ...headers } = checksumHeaders(checksum)
  return headers
}

/** Creates a part from an existing object, or a range of it. */
export const uploadPartCopy: Operation = async (s3, call) => {
  partNumberOf(call)
  const { algorithm } = uploadOf(s3, call)
  const source = copySourceOf(s3, call.headers)
  const given = header(call.headers, 'x-amz-copy-source-range')
  const range = given === undefined ? { from: 0, to: source.size - 1 } : parseRange(given, source.size)
  if (!range || !/^(bytes=\d+-\d+)?$/.test(given ?? ''))
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last',
      'x-amz-copy-source-range',
      given ?? '',
    )
  const release = s3.files.hold(source.segments)
  const received = await readAgain(s3, source, range, algorithm).finally(release)
  const part = keepPart(s3, call, received)
  const { ChecksumType: _, ...checksum } = checksumXml(part.checksum)
  return {
    xml: {
      root: 'CopyPartResult',
      content: { LastModified: isoTime(part.modified), ETag: `"${part.etag}"`, ...checksum },
    },
  }
}

export const listParts: Operation = (s3, call) => {
  const encode = keyEncoding(call)
  const upload = uploadOf(s3, call)
  const max = pageSize(call, 'max-parts')
  const marker = Number(call.query.get('part-number-marker') ?? 0)
  const rest = s3.uploads.parts(upload.id).filter(({ number }) => number > marker)
  const page = rest.slice(0, max)
  return {
    xml: {
      root: 'ListPartsResult',
      content: {
        Bucket: call.bucket,
        Key: encode(call.key),
        UploadId: upload.id,
        Initiator: owner(s3),
        Owner: owner(s3),
        StorageClass: upload.description.storageClass,
        PartNumberMarker: marker,
        NextPartNumberMarker: page.at(-1)?.number ?? 0,
        MaxParts: max,
        IsTruncated: rest.length > page.length,
        ChecksumAlgorithm: upload.algorithm?.toUpperCase(),
        ChecksumType: upload.checksumType,
        Part: page.map(({ number, modified, etag, size, checksum }) => ({
          PartNumber: number,
          LastModified: isoTime(modified),
          ETag: `"${etag}"`,
          Size: size,
          ...(checksum && { [checksumElement(checksum.algorithm)]: checksum.value }),
        })),
      },
    },
  }
}
