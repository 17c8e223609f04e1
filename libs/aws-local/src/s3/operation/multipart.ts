import { randomBytes } from 'node:crypto'
import { checksumXml } from '../wire/checksum-headers.ts'
import { parseAlgorithm, type Checksum, type ChecksumAlgorithm } from '../model/checksums.ts'
import { header } from '../wire/headers.ts'
import { parseDescription } from '../wire/object-headers.ts'
import { isCrc } from '../model/crc-combine.ts'
import { S3Error } from '../model/errors.ts'
import { encodeKey, checkKey } from '../model/names.ts'
import { checksumOf, chooseParts, entityTagOf } from './part-list.ts'
import { readDocument } from './document.ts'
import { nothingDeclared, parseDeclaredBody } from '../wire/declared-content.ts'
import { bucketOf, modificationTime, type Call, type Operation, type S3 } from './s3.ts'
import type { Upload } from '../store/upload-store.ts'
import { replaceObject } from './write-object.ts'

/** The upload of a call. Throws NoSuchBucket or NoSuchUpload. */
export function uploadOf(s3: S3, { bucket, key, query }: Call): Upload {
  const id = query.get('uploadId') ?? ''
  const upload = s3.uploads.get(bucketOf(s3, bucket).name, key, id)
  if (!upload) throw new S3Error('NoSuchUpload', undefined, { UploadId: id })
  return upload
}

export const createMultipartUpload: Operation = (s3, { bucket, key, headers }) => {
  checkKey(key)
  bucketOf(s3, bucket)
  const algorithm = parseAlgorithm(header(headers, 'x-amz-checksum-algorithm'))
  const checksumType = algorithm && parseChecksumType(header(headers, 'x-amz-checksum-type'), algorithm)
  const id = randomBytes(48).toString('base64url')
  const initiated = modificationTime(s3)
  s3.uploads.insert({ id, bucket, key, initiated, description: parseDescription(headers), algorithm, checksumType })
  return {
    headers: {
      ...(algorithm && { 'x-amz-checksum-algorithm': algorithm.toUpperCase() }),
      ...(checksumType && { 'x-amz-checksum-type': checksumType }),
    },
    xml: { root: 'InitiateMultipartUploadResult', content: { Bucket: bucket, Key: key, UploadId: id } },
  }
}

function parseChecksumType(given: string | undefined, algorithm: ChecksumAlgorithm): Checksum['type'] {
  const type = given ?? (algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE')
  const possible = type === 'COMPOSITE' ? algorithm !== 'crc64nvme' : type === 'FULL_OBJECT' && isCrc(algorithm)
  if (!possible || (type !== 'COMPOSITE' && type !== 'FULL_OBJECT'))
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm.toUpperCase()} checksum algorithm.`,
    )
  return type
}

/** Completes an object from the files of its parts as they are; parts that the request does not name are removed. */
export const completeMultipartUpload: Operation = async (s3, call) => {
  // Checksum headers describe the object, not this body.
  const { sha256 } = parseDeclaredBody(call.headers, call.signedBy)
  const document = await readDocument(call, { ...nothingDeclared, sha256 })
  const upload = uploadOf(s3, call)
  const uploaded = s3.uploads.parts(upload.id)
  const parts = chooseParts(document, uploaded)
  const etag = entityTagOf(parts)
  const checksum = checksumOf(upload, parts)
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  checkWhole(call, size, checksum)
  const replaced = s3.context.transaction(() => {
    const object = {
      bucket: call.bucket,
      key: call.key,
      size,
      etag,
      modified: modificationTime(s3),
      segments: parts.map((part) => ({ file: part.file, size: part.size })),
      description: upload.description,
      checksum,
    }
    s3.uploads.remove(upload.id)
    return replaceObject(s3, object, 'ObjectCreated:CompleteMultipartUpload', call.headers)
  })
  s3.files.remove(replaced)
  s3.files.remove(uploaded.filter((part) => !parts.includes(part)))
  return {
    xml: {
      root: 'CompleteMultipartUploadResult',
      content: {
        Location: `${s3.context.url()}/${call.bucket}/${encodeKey(call.key)}`,
        Bucket: call.bucket,
        Key: call.key,
        ETag: `"${etag}"`,
        ...checksumXml(checksum),
      },
    },
  }
}

function checkWhole({ headers }: Call, size: number, checksum: Checksum | undefined): void {
  const saidSize = header(headers, 'x-amz-mp-object-size')
  if (saidSize !== undefined && saidSize !== String(size))
    throw new S3Error(
      'InvalidRequest',
      `The provided 'x-amz-mp-object-size' header value ${saidSize} does not match what was computed: ${size}`,
    )
  const said = checksum && header(headers, `x-amz-checksum-${checksum.algorithm}`)
  if (said !== undefined && said.replace(/-\d+$/, '') !== checksum?.value.replace(/-\d+$/, ''))
    throw new S3Error('BadDigest')
}

export const abortMultipartUpload: Operation = (s3, call) => {
  const upload = uploadOf(s3, call)
  const parts = s3.uploads.parts(upload.id)
  s3.uploads.remove(upload.id)
  s3.files.remove(parts)
  return { status: 204 }
}
