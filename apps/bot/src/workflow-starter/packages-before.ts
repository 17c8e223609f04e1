import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { parsePackageName, UnknownPackageName, type Journal } from '@continuum/article'
import type { DeliveredFile } from './start.ts'

/** A package in a bucket. */
export interface StoredPackage {
  /** Bucket and key, `BUCKET/KEY`. */
  readonly file: string
  /** Without quotes. */
  readonly etag: string
}

/** Lists the packages of a delivery's article that were put before it, whatever became of their notifications. */
export type PackagesBefore = (delivery: DeliveredFile) => Promise<readonly StoredPackage[]>

/** SQS keeps a notification for two weeks; one of an older package is not on its way. */
const maxAgeDays = 14

/**
 * Lists them by S3, in one call: the first thousand objects whose names begin as that of the delivery does, up to the article's number. S3 keeps
 * whole seconds: what was put in the same second counts as before.
 *
 * @param bucket the one whose deliveries are kept in order; of others nothing is listed
 */
export function createPackagesBefore(s3: S3Client, bucket: string, journals: readonly Journal[]): PackagesBefore {
  return async ({ bucket_name, file_name, event_time }) => {
    if (bucket_name !== bucket) return []
    const { journal, articleId } = parsePackageName(file_name, journals)
    const Prefix = beginningOf(file_name, journal.prefix)
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix }))
    const put = new Date(event_time).getTime()
    return Contents.flatMap(({ Key = '', ETag = '', LastModified }) => {
      const age = put - (LastModified?.getTime() ?? put)
      const isBefore = age > 0 && age < maxAgeDays * 86_400_000
      if (!isBefore || Key === file_name || articleOf(Key, journals) !== articleId) return []
      return [{ file: `${bucket}/${Key}`, etag: ETag.replaceAll('"', '') }]
    })
  }
}

/** The beginning of a key that the packages of an article share: up to its number. */
function beginningOf(key: string, prefix: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1)
  const start = name.startsWith(prefix) ? prefix.length : 0
  const digits = /\d+/.exec(name.slice(start))
  const end = digits ? start + digits.index + digits[0].length : 0
  return key.slice(0, key.length - name.length + end)
}

function articleOf(key: string, journals: readonly Journal[]): string | undefined {
  try {
    return parsePackageName(key, journals).articleId
  } catch (error) {
    if (error instanceof UnknownPackageName) return undefined
    throw error
  }
}
