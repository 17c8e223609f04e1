import { isoTime } from './buckets.ts'
import { checksumXml } from '../wire/checksum-headers.ts'
import { parseAlgorithm, type Checksum } from '../model/checksums.ts'
import { copySourceOf } from './copy-source.ts'
import type { Description } from '../model/description.ts'
import { header } from '../wire/headers.ts'
import { parseDescription, parseDirective, parseStorageClass } from '../wire/object-headers.ts'
import { S3Error } from '../model/errors.ts'
import { receive, type Received } from './intake.ts'
import { checkKey } from '../model/names.ts'
import type { StoredObject } from '../store/object-store.ts'
import { nothingDeclared } from '../wire/declared-content.ts'
import type { ByteRange } from '../model/range.ts'
import { readBytes } from './read-object.ts'
import { bucketOf, modificationTime, type Call, type Operation, type S3 } from './s3.ts'
import { commitObject } from './write-object.ts'

/** Copies an object within the server. The copy is a single segment with its own entity tag, however the source was uploaded. */
export const copyObject: Operation = async (s3, call) => {
  checkKey(call.key)
  bucketOf(s3, call.bucket)
  const source = copySourceOf(s3, call.headers)
  const description = describeCopy(source, call)
  const wanted = parseAlgorithm(header(call.headers, 'x-amz-checksum-algorithm')) ?? source.checksum?.algorithm
  const { file, size, md5, checksum } = await copyBytes(s3, source, wanted)
  const copy = {
    bucket: call.bucket,
    key: call.key,
    size,
    etag: md5,
    modified: modificationTime(s3),
    segments: [{ file, size }],
    description,
    checksum,
  }
  commitObject(s3, copy, 'ObjectCreated:Copy', call.headers)
  return {
    xml: {
      root: 'CopyObjectResult',
      content: { LastModified: isoTime(copy.modified), ETag: `"${md5}"`, ...checksumXml(checksum) },
    },
  }
}

function describeCopy(source: StoredObject, call: Call): Description {
  const metadata = parseDirective(call.headers, 'x-amz-metadata-directive')
  const tagging = parseDirective(call.headers, 'x-amz-tagging-directive')
  const given = parseDescription(call.headers)
  const storageClass = parseStorageClass(call.headers)
  const onItself = source.bucket === call.bucket && source.key === call.key
  if (onItself && metadata === 'COPY' && tagging === 'COPY' && storageClass === source.description.storageClass)
    throw new S3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    )
  const kept = metadata === 'COPY' ? source.description : given
  const tags = tagging === 'COPY' ? source.description.tags : given.tags
  return { headers: kept.headers, metadata: kept.metadata, tags, storageClass }
}

/** The bytes of the source as one file: a hard link where its MD5 and checksum are already known. */
async function copyBytes(s3: S3, source: StoredObject, wanted: Checksum['algorithm'] | undefined): Promise<Received> {
  const [only, more] = source.segments
  const release = s3.files.hold(source.segments)
  try {
    // An entity tag with `-N` is not the MD5 of the bytes, and a checksum of parts is not that of the whole.
    const isPlain = only && !more && !source.etag.includes('-')
    if (isPlain && source.checksum?.algorithm === wanted) {
      return { file: await s3.files.link(only.file), size: only.size, md5: source.etag, checksum: source.checksum }
    }
    return await readAgain(s3, source, { from: 0, to: source.size - 1 }, wanted)
  } finally {
    release()
  }
}

/** Copies a range of an object into a new file. The caller holds the source's files. */
export const readAgain = (
  s3: S3,
  source: StoredObject,
  range: ByteRange,
  algorithm: Checksum['algorithm'] | undefined,
): Promise<Received> =>
  receive(s3.files, readBytes(s3, source, range), { ...nothingDeclared, size: range.to - range.from + 1, algorithm })
