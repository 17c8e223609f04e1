import type { IncomingHttpHeaders } from 'node:http'
import type { ServerContext } from '../../shared/context.ts'
import type { SqsService } from '../../sqs/index.ts'
import type { XmlStructure } from '../../shared/xml.ts'
import { createBucketStore, type Bucket, type BucketStore } from '../store/bucket-store.ts'
import { S3Error } from '../model/errors.ts'
import { createObjectFiles, type ObjectFiles } from '../store/object-files.ts'
import { createObjectStore, type ObjectStore, type StoredObject } from '../store/object-store.ts'
import type { SecretOf } from '../wire/presigned.ts'
import { createTables } from '../store/tables.ts'
import { createUploadStore, type UploadStore } from '../store/upload-store.ts'

/** What every operation works on. */
export interface S3 {
  readonly context: ServerContext
  readonly buckets: BucketStore
  readonly objects: ObjectStore
  readonly uploads: UploadStore
  readonly files: ObjectFiles
  readonly sqs: Pick<SqsService, 'deliver'>
  /** By which presigned addresses are checked. */
  readonly secretOf: SecretOf
  /** The same, where requests must be signed. */
  readonly signedBy: SecretOf | undefined
  /** How far lists lag behind at this call of an operation, in milliseconds. S3 of today has none; tests may. */
  readonly staleness: (operation: string) => number
}

/** What S3 needs of the server beside its ground. */
export type S3Dependencies = Pick<S3, 'sqs' | 'secretOf' | 'signedBy' | 'staleness'>

/** One request. An operation on the account has an empty bucket, one on a bucket an empty key. */
export interface Call {
  readonly bucket: string
  readonly key: string
  readonly query: ReadonlyMap<string, string>
  readonly headers: IncomingHttpHeaders
  readonly body: AsyncIterable<Buffer>
  readonly requestId: string
  /** By which the frames of the body are checked; absent where any credentials do. */
  readonly signedBy: SecretOf | undefined
}

/** What goes back: XML, other text, few bytes, a stream of many, or nothing. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly xml?: { readonly root: string; readonly content: XmlStructure | string }
  readonly text?: string
  readonly bytes?: Buffer
  /** Bytes to send; `headers` say how many. */
  readonly stream?: AsyncIterable<Buffer>
  /** To be called when the answer has gone out, or cannot. */
  readonly release?: () => void
}

/** One operation. Throws S3Error. */
export type Operation = (s3: S3, call: Call) => Answer | Promise<Answer>

export function openS3(context: ServerContext, dependencies: S3Dependencies): S3 {
  createTables(context.db)
  const objects = createObjectStore(context.db)
  const files = createObjectFiles(context.files)
  // What was written for a row that never came, or whose row went, when the server was killed.
  files.sweep(objects.files())
  const uploads = createUploadStore(context.db)
  return { context, buckets: createBucketStore(context.db), objects, uploads, files, ...dependencies }
}

/** The bucket of a call. Throws NoSuchBucket. */
export function bucketOf(s3: S3, name: string): Bucket {
  const bucket = s3.buckets.get(name)
  if (!bucket) throw new S3Error('NoSuchBucket', undefined, { BucketName: name })
  return bucket
}

/** The object of a call. Throws NoSuchBucket or NoSuchKey. */
export function objectOf(s3: S3, { bucket, key }: Pick<Call, 'bucket' | 'key'>): StoredObject {
  const object = s3.objects.get(bucketOf(s3, bucket).name, key)
  if (!object) throw new S3Error('NoSuchKey', undefined, { Key: key })
  return object
}

/** Now, in whole seconds as S3 tells the time of an object, in milliseconds. */
export const modificationTime = (s3: S3): number => Math.floor(s3.context.clock.now() / 1000) * 1000
