import { isoTime, owner } from './buckets.ts'
import { compareUtf8, listPage } from '../model/listing.ts'
import { keyEncoding, pageSize } from './lists.ts'
import { bucketOf, type Operation } from './s3.ts'

/** Unfinished uploads by key, then by age. The markers name the last one of the page before. */
export const listMultipartUploads: Operation = (s3, call) => {
  const encode = keyEncoding(call)
  const [keyMarker, idMarker] = [call.query.get('key-marker') ?? '', call.query.get('upload-id-marker') ?? '']
  const max = pageSize(call, 'max-uploads')
  const [prefix, delimiter] = [call.query.get('prefix') ?? '', call.query.get('delimiter') ?? '']
  const all = s3.uploads.inBucket(bucketOf(s3, call.bucket).name)
  const resumed = all.findIndex(({ key, id }) => key === keyMarker && id === idMarker)
  const rest = all.slice(resumed + 1)
  // With an upload named, more of the same key may follow; without, the key itself is done.
  const after = resumed < 0 ? keyMarker : ''
  const page = listPage({ prefix, delimiter, after, max }, (from) =>
    rest.filter(({ key }) => compareUtf8(key, from) >= 0).values(),
  )
  const last = page.truncated ? page.last : undefined
  return {
    xml: {
      root: 'ListMultipartUploadsResult',
      content: {
        Bucket: call.bucket,
        KeyMarker: encode(keyMarker),
        UploadIdMarker: idMarker,
        NextKeyMarker: last === undefined ? undefined : encode(last),
        NextUploadIdMarker: page.items.findLast(({ key }) => key === last)?.id,
        Delimiter: delimiter === '' ? undefined : encode(delimiter),
        Prefix: encode(prefix),
        MaxUploads: max,
        IsTruncated: page.truncated,
        EncodingType: call.query.get('encoding-type'),
        Upload: page.items.map((upload) => ({
          Key: encode(upload.key),
          UploadId: upload.id,
          Initiator: owner(s3),
          Owner: owner(s3),
          StorageClass: upload.description.storageClass,
          Initiated: isoTime(upload.initiated),
          ChecksumAlgorithm: upload.algorithm?.toUpperCase(),
          ChecksumType: upload.checksumType,
        })),
        CommonPrefixes: page.commonPrefixes.map((it) => ({ Prefix: encode(it) })),
      },
    },
  }
}
