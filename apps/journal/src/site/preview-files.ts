import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'

export interface PreviewFile {
  content: Readable
  mediaType: string
  /** Bytes. */
  length: number | undefined
}

/** The files of unpublished versions: what will be on the CDN is in the folder of the run that made it. */
export interface PreviewFiles {
  find: (of: { articleId: string; version: number; run: string }, name: string) => Promise<PreviewFile | undefined>
}

/** @param bucket the bucket of expanded packages: `<id>.<version>/<run>/cdn/<name>` */
export function createPreviewFiles(s3: S3Client, bucket: string): PreviewFiles {
  return {
    find: async ({ articleId, version, run }, name) => {
      const key = `${articleId}.${version}/${run}/cdn/${name}`
      try {
        const { Body, ContentType, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        if (!(Body instanceof Readable)) return undefined
        return { content: Body, mediaType: ContentType ?? 'application/octet-stream', length: ContentLength }
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
  }
}
