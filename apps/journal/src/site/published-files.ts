import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'

/** A file of a published article, or a range of it. */
export interface PublishedFile {
  content: Readable
  /** Bytes. */
  length: number | undefined
  etag: string | undefined
  /** Set for a range: `bytes 0-99/1234`. */
  range: string | undefined
}

/** The files that readers load, as they lie behind the CDN. */
export interface PublishedFiles {
  /** @param range as the request has it: `bytes=0-99` */
  find: (key: string, range?: string) => Promise<PublishedFile | undefined>
}

/** @param bucket the bucket of the CDN: `<id>/<name>` */
export function createPublishedFiles(s3: S3Client, bucket: string): PublishedFiles {
  return {
    find: async (key, range) => {
      try {
        const { Body, ContentLength, ETag, ContentRange } = await s3.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, ...(range !== undefined && { Range: range }) }),
        )
        if (!(Body instanceof Readable)) return undefined
        return { content: Body, length: ContentLength, etag: ETag, range: ContentRange }
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
  }
}
