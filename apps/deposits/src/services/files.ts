import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { Readable } from 'node:stream'

/** Thrown when a file that must be there is not: the run's files were removed. */
export class FileMissingError extends Error {
  override readonly name = 'FileMissingError'
  readonly retry = false
}

/**
 * Opens an object for reading; the stream must be consumed or destroyed.
 *
 * @throws FileMissingError
 */
export async function openFile(s3: S3Client, bucket: string, key: string, signal?: AbortSignal): Promise<Readable> {
  try {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
      signal && { abortSignal: signal },
    )
    if (!(Body instanceof Readable)) throw new Error(`S3 returned no data for ${key}`)
    return Body
  } catch (error) {
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound'))
      throw new FileMissingError(`${key} is no longer in the bucket ${bucket}.`, { cause: error })
    throw error
  }
}

/** Reads the whole of a small object. */
export async function readFile(s3: S3Client, bucket: string, key: string): Promise<Buffer> {
  const stream = await openFile(s3, bucket, key)
  return Buffer.concat(await stream.toArray())
}
