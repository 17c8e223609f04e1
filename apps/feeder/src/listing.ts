import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'

/** An object of the bucket. */
export interface StoredObject {
  key: string
  /** Without quotes. */
  etag: string | null
  /** Bytes. */
  size: number
}

/** Lists the bucket's objects in the byte order of their keys, page by page as they are consumed. */
export async function* listObjects(
  s3: S3Client,
  where: { bucket: string; prefix: string; startAfter: string | undefined },
): AsyncGenerator<StoredObject> {
  const { bucket, prefix, startAfter } = where
  const pages = paginateListObjectsV2(
    { client: s3 },
    {
      Bucket: bucket,
      ...(prefix !== '' && { Prefix: prefix }),
      ...(startAfter !== undefined && { StartAfter: startAfter }),
    },
  )
  for await (const { Contents = [] } of pages) {
    for (const { Key, ETag, Size = 0 } of Contents) {
      if (Key !== undefined) yield { key: Key, etag: ETag?.replaceAll('"', '') ?? null, size: Size }
    }
  }
}
