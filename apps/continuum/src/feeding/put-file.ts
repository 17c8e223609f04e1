import { createReadStream } from 'node:fs'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { retryWithBackOff } from '@continuum/service'
import { isUnworded, mayPass, shortRetry, statusOf } from '../errors/may-pass.ts'
import { oneLine } from '../errors/one-line.ts'
import { UnavailableError } from '../errors/unavailable-error.ts'
import { UserError } from '../errors/user-error.ts'

/** A file on this machine's disk, and the object that it becomes. */
export interface FilePut {
  readonly path: string
  readonly size: number
  readonly bucket: string
  readonly key: string
  readonly contentType: string
  readonly metadata?: Readonly<Record<string, string>>
}

/** The surroundings of a put. */
export interface Putting {
  /** Asked before a file is sent again: an attempt whose answer was lost may have arrived. Returns the entity tag of what is there. */
  readonly arrived?: () => Promise<string | undefined>
  readonly onRetry?: (reason: string, milliseconds: number) => void
  readonly signal?: AbortSignal
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

/**
 * Puts a file into a bucket, in a stream. The SDK repeats no call with a stream, so this does, each time with a new one: one connection
 * that breaks ends nothing.
 *
 * @returns the entity tag, without quotes
 * @throws UnavailableError when it has failed as often as it may; what S3 says where that will not pass
 */
export async function putFile(
  s3: S3Client,
  file: FilePut,
  { arrived, onRetry, ...more }: Putting = {},
): Promise<string> {
  const { bucket, key } = file
  try {
    return await retryWithBackOff(
      async (attempt) => (attempt > 1 ? await arrived?.() : undefined) ?? (await putOnce(s3, file)),
      { ...shortRetry, ...more, onRetry: (error, wait) => onRetry?.(oneLine(error), wait) },
    )
  } catch (error) {
    const told = `${key} could not be put into s3://${bucket} (${await hostOf(s3)}): ${causeOf(error)}`
    if (mayPass(error)) throw new UnavailableError(told)
    // The SDK says nothing then, not even that something was refused.
    if (isUnworded(error)) throw new UserError(told, { cause: error })
    throw error
  }
}

async function putOnce(s3: S3Client, { path, size, bucket, key, contentType, metadata }: FilePut): Promise<string> {
  const body = createReadStream(path)
  try {
    const put = { Bucket: bucket, Key: key, Body: body, ContentLength: size, ContentType: contentType }
    const { ETag = '' } = await s3.send(
      new PutObjectCommand({ ...put, ...(metadata && { Metadata: { ...metadata } }) }),
    )
    return ETag.replaceAll('"', '')
  } finally {
    body.destroy()
  }
}

/** The host that is asked; without an endpoint of our own it is AWS. */
async function hostOf({ config }: S3Client): Promise<string> {
  const { hostname, port } = (await config.endpoint?.()) ?? { hostname: 'AWS' }
  return port === undefined ? hostname : `${hostname}:${port}`
}

/** The error in one line; the SDK's name for an answer that it cannot read says nothing without its status. */
function causeOf(error: unknown): string {
  const status = statusOf(error)
  const named = isUnworded(error) ? "an answer that is not S3's" : oneLine(error)
  return status === undefined ? named : `${named} (${status})`
}
