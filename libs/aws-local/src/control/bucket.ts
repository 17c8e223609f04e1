import type { StoredObject } from '../s3/store/object-store.ts'
import { readBytes } from '../s3/operation/read-object.ts'
import { bucketOf, objectOf, type S3 } from '../s3/operation/s3.ts'

/** An object without its bytes. `modified` is in milliseconds since the epoch, `etag` without quotes. */
export type ObjectView = Pick<StoredObject, 'key' | 'size' | 'etag' | 'modified'> & StoredObject['description']

/** In-process access to a bucket. */
export interface BucketView {
  /** All objects in the order of their keys. */
  objects(): ObjectView[]
  /** The bytes of an object. Rejects if it does not exist. */
  read(key: string): Promise<Buffer>
}

export const viewBucket = (s3: S3, name: string): BucketView => ({
  objects: () =>
    Array.from(s3.objects.from(bucketOf(s3, name).name, ''), ({ key, size, etag, modified, description }) => ({
      key,
      size,
      etag,
      modified,
      ...description,
    })),
  async read(key) {
    const object = objectOf(s3, { bucket: name, key })
    const release = s3.files.hold(object.segments)
    try {
      return Buffer.concat(await Array.fromAsync(readBytes(s3, object, { from: 0, to: object.size - 1 })))
    } finally {
      release()
    }
  },
})
