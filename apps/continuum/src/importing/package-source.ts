import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CopyObjectCommand, HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { UserError } from '../errors/user-error.ts'

/** The place from which packages are imported. */
export interface PackageSource {
  /**
   * Puts a package where the pipeline reads imports.
   *
   * @throws UserError where there is no such package
   */
  readonly put: (
    name: string,
    to: { readonly bucket: string; readonly key: string },
    metadata: Metadata,
  ) => Promise<Put>
}

/** A package as it was put. */
export interface Put {
  readonly etag: string
  readonly bytes: number
}

type Metadata = Readonly<Record<string, string>>

/** Opens a folder on this machine, or a bucket (`s3://bucket/prefix`). */
export function packageSource(place: string, s3: S3Client, base: string): PackageSource {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? []
  return bucket === undefined ? folderSource(resolve(base, place), s3) : bucketSource({ bucket, prefix }, s3)
}

function folderSource(folder: string, s3: S3Client): PackageSource {
  return {
    put: async (name, to, Metadata) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      if (!found?.isFile()) throw new UserError(`there is no file ${path}`)
      const Body = createReadStream(path)
      const put = {
        Bucket: to.bucket,
        Key: to.key,
        Body,
        ContentLength: found.size,
        ContentType: 'application/zip',
        Metadata,
      }
      const { ETag = '' } = await s3.send(new PutObjectCommand(put))
      return { etag: unquoted(ETag), bytes: found.size }
    },
  }
}

function bucketSource({ bucket, prefix }: { bucket: string; prefix: string }, s3: S3Client): PackageSource {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return {
    put: async (name, to, Metadata) => {
      const key = folder + name
      const CopySource = [bucket, ...key.split('/')].map(encodeURIComponent).join('/')
      try {
        const { ContentLength = 0 } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
        const copy = { Bucket: to.bucket, Key: to.key, CopySource, MetadataDirective: 'REPLACE', Metadata } as const
        const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ ...copy, ContentType: 'application/zip' }))
        return { etag: unquoted(CopyObjectResult?.ETag ?? ''), bytes: ContentLength }
      } catch (error) {
        if (error instanceof NotFound) throw new UserError(`there is no object s3://${bucket}/${key}`)
        throw error
      }
    },
  }
}

const unquoted = (etag: string) => etag.replaceAll('"', '')
