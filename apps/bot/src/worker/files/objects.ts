import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { PermanentFailure } from '@continuum/workflow-core'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { contentTypeOf } from './content-type.ts'
import type { ObjectAddress } from './object-address.ts'
import { checksumOf, putAtOnce } from './put-at-once.ts'

/** An object that is being read: its stream must be consumed or destroyed. */
export interface StoredObject {
  readonly stream: Readable
  /** Without quotes. */
  readonly etag: string
  readonly metadata: Readonly<Record<string, string>>
}

/** Thrown when an object that must exist does not: the run's files were removed, or the package was. */
export class ObjectMissingFailure extends PermanentFailure {}

/**
 * Opens an object for reading.
 * @throws {ObjectMissingFailure}
 */
export async function openObject(
  s3: S3Client,
  { bucket, key }: ObjectAddress,
  abortSignal: AbortSignal,
): Promise<StoredObject> {
  try {
    const {
      Body,
      ETag = '',
      Metadata = {},
    } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal })
    if (!(Body instanceof Readable)) throw new Error(`S3 returned no data for ${key}`)
    return { stream: Body, etag: ETag.replaceAll('"', ''), metadata: Metadata }
  } catch (cause) {
    if (!(cause instanceof NoSuchKey)) throw cause
    throw new ObjectMissingFailure(`${key} is no longer in the bucket ${bucket}.`, { cause })
  }
}

/** Downloads an object to a file on disk, in a stream. */
export async function download(
  s3: S3Client,
  from: ObjectAddress,
  path: string,
  signal: AbortSignal,
): Promise<Omit<StoredObject, 'stream'>> {
  const { stream, ...details } = await openObject(s3, from, signal)
  await pipeline(stream, createWriteStream(path), { signal })
  return details
}

/** Reads the whole of a small object. */
export async function readObject(s3: S3Client, from: ObjectAddress, signal: AbortSignal): Promise<Buffer> {
  const { stream } = await openObject(s3, from, signal)
  return Buffer.concat(await stream.toArray({ signal }))
}

/** Reads a small JSON object of the schema's shape. */
export async function readJson<Schema extends TSchema>(
  s3: S3Client,
  from: ObjectAddress,
  schema: Schema,
  signal: AbortSignal,
): Promise<Static<Schema>> {
  return Value.Parse(schema, JSON.parse((await readObject(s3, from, signal)).toString()))
}

/** Stores a small object, with the content type of its extension. */
export async function putBytes(
  s3: S3Client,
  { bucket, key }: ObjectAddress,
  body: Uint8Array | string,
  abortSignal: AbortSignal,
): Promise<void> {
  const ContentType = contentTypeOf(key)
  const headers = { 'content-type': ContentType, 'x-amz-checksum-crc32': checksumOf(body) }
  if (await putAtOnce(s3, { bucket, key }, headers, body, abortSignal)) return
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType }), { abortSignal })
}

/** Stores a file from disk, in a stream, with the content type of its extension unless it has another. */
export async function putFile(
  s3: S3Client,
  { bucket, key }: ObjectAddress,
  path: string,
  { bytes, contentType = contentTypeOf(key) }: { readonly bytes: number; readonly contentType?: string },
  abortSignal: AbortSignal,
): Promise<void> {
  const body = createReadStream(path)
  try {
    const put = { Bucket: bucket, Key: key, Body: body, ContentLength: bytes, ContentType: contentType }
    await s3.send(new PutObjectCommand(put), { abortSignal })
  } finally {
    body.destroy()
  }
}

/** Copies within S3. A copy with a disposition gets that and the content type of its name; any other keeps all of the original's. */
export async function copyObject(
  s3: S3Client,
  from: ObjectAddress,
  to: ObjectAddress,
  abortSignal: AbortSignal,
  disposition?: string,
): Promise<void> {
  const CopySource = [from.bucket, ...from.key.split('/')].map(encodeURIComponent).join('/')
  const ContentType = contentTypeOf(to.key)
  const plain = {
    'x-amz-copy-source': CopySource,
    ...(disposition !== undefined && {
      'x-amz-metadata-directive': 'REPLACE',
      'content-disposition': disposition,
      'content-type': ContentType,
    }),
  }
  if (await putAtOnce(s3, to, plain, '', abortSignal)) return
  const headers = { MetadataDirective: 'REPLACE', ContentDisposition: disposition, ContentType } as const
  const copy = { Bucket: to.bucket, Key: to.key, CopySource, ...(disposition !== undefined && headers) }
  await s3.send(new CopyObjectCommand(copy), { abortSignal })
}

/** Lists all keys below a prefix. */
export async function listKeys(
  s3: S3Client,
  bucket: string,
  prefix: string,
  abortSignal: AbortSignal,
): Promise<string[]> {
  const keys: string[] = []
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }, { abortSignal })) {
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key)
  }
  return keys
}

/** Removes an object. Removing one that does not exist succeeds. */
export async function removeObject(
  s3: S3Client,
  { bucket, key }: ObjectAddress,
  abortSignal: AbortSignal,
): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal })
}
