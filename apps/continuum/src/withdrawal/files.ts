import { CopyObjectCommand, DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3'

interface Place {
  bucket: string
  /** Ends in `/`. */
  prefix: string
}

/** The place where the files of a withdrawn article are kept, which no reader can see. */
export function withdrawnFiles(bucket: string, article: string): Place {
  return { bucket, prefix: `withdrawn/${article}/` }
}

/**
 * Moves all objects below a prefix to another place: each is copied, then deleted. A move that broke off is completed by another.
 *
 * @returns the number of objects moved
 */
export async function moveFiles(s3: S3Client, from: Place, to: Place): Promise<number> {
  let files = 0
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: from.bucket, Prefix: from.prefix })) {
    const keys = (page.Contents ?? []).flatMap(({ Key }) => Key ?? [])
    for (const key of keys) {
      const source = `${from.bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
      const target = to.prefix + key.slice(from.prefix.length)
      await s3.send(new CopyObjectCommand({ Bucket: to.bucket, Key: target, CopySource: source }))
    }
    if (keys.length > 0) {
      const Objects = keys.map((Key) => ({ Key }))
      await s3.send(new DeleteObjectsCommand({ Bucket: from.bucket, Delete: { Objects, Quiet: true } }))
    }
    files += keys.length
  }
  return files
}
