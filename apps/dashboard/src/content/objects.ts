import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import { parseJson } from '@continuum/service'
import { Readable } from 'node:stream'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { ContentUnavailableError, type StoredFile } from './contents.ts'

const timeoutMilliseconds = 5_000

/** Opens an object; undefined where there is none. Throws `ContentUnavailableError` where S3 does not answer. */
export async function openObject(s3: S3Client, bucket: string, key: string): Promise<StoredFile | undefined> {
  try {
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
      abortSignal: AbortSignal.timeout(timeoutMilliseconds),
    })
    if (!(Body instanceof Readable)) throw new ContentUnavailableError(`S3 sends nothing of ${key}.`)
    return { stream: Body, mediaType: ContentType ?? 'application/octet-stream' }
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    if (error instanceof ContentUnavailableError) throw error
    throw new ContentUnavailableError('The store of files (S3) does not answer.', { cause: error })
  }
}

/** Reads an object as JSON of the schema's shape; undefined where there is none, or of another shape. */
export async function readObject<Schema extends TSchema>(
  s3: S3Client,
  bucket: string,
  key: string,
  schema: Schema,
): Promise<Static<Schema> | undefined> {
  const file = await openObject(s3, bucket, key)
  const value = file && parseJson(Buffer.concat(await file.stream.toArray()).toString())
  return Value.Check(schema, value) ? value : undefined
}
