import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CopyObjectCommand, HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3'
import { retryWithBackOff } from '@continuum/service'
import { shortRetry } from '../errors/may-pass.ts'
import { UserError } from '../errors/user-error.ts'
import { putFile, type Putting } from '../feeding/put-file.ts'

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

type Retrying = Pick<Putting, 'signal' | 'pause'>
type Metadata = Readonly<Record<string, string>>

/**
 * Opens a folder on this machine, or a bucket (`s3://bucket/prefix`). What breaks off is tried again.
 *
 * @param putting what ends the pauses between attempts
 */
export function packageSource(place: string, s3: S3Client, base: string, putting: Retrying = {}): PackageSource {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? []
  return bucket === undefined
    ? folderSource(resolve(base, place), s3, putting)
    : bucketSource({ bucket, prefix }, s3, putting)
}

function folderSource(folder: string, s3: S3Client, putting: Retrying): PackageSource {
  return {
    put: async (name, to, Metadata) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      if (!found?.isFile()) throw new UserError(`there is no file ${path}`)
      const object = { bucket: to.bucket, key: to.key, contentType: 'application/zip', metadata: Metadata }
      return { etag: await putFile(s3, { path, size: found.size, ...object }, putting), bytes: found.size }
    },
  }
}

function bucketSource(
  { bucket, prefix }: { bucket: string; prefix: string },
  s3: S3Client,
  putting: Retrying,
): PackageSource {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return {
    put: async (name, to, Metadata) => {
      const key = folder + name
      const CopySource = [bucket, ...key.split('/')].map(encodeURIComponent).join('/')
      const copy = async () => {
        const { ContentLength = 0 } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
        const order = { Bucket: to.bucket, Key: to.key, CopySource, MetadataDirective: 'REPLACE', Metadata } as const
        const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ ...order, ContentType: 'application/zip' }))
        return { etag: unquoted(CopyObjectResult?.ETag ?? ''), bytes: ContentLength }
      }
      try {
        return await retryWithBackOff(copy, { ...shortRetry, ...putting })
      } catch (error) {
        if (error instanceof NotFound) throw new UserError(`there is no object s3://${bucket}/${key}`)
        throw error
      }
    },
  }
}

const unquoted = (etag: string) => etag.replaceAll('"', '')
