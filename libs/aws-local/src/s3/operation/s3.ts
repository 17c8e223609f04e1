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

/** The state that operations work on: stores, object files and services. */
export interface S3 {
  readonly context: ServerContext
  readonly buckets: BucketStore
  readonly objects: ObjectStore
  readonly uploads: UploadStore
  readonly files: ObjectFiles
  readonly sqs: Pick<SqsService, 'deliver'>
  /** Finds the secret with which a presigned URL is checked. */
  readonly secretOf: SecretOf
  /** Finds the secret with which signed frames are checked; undefined if any credentials are accepted. */
  readonly signedBy: SecretOf | undefined
  /** Staleness of lists at this call of an operation, in milliseconds: always 0 without a fault rule, as on AWS today. */
  readonly staleness: (operation: string) => number
}

/** Dependencies of S3 beyond the server context. */
export type S3Dependencies = Pick<S3, 'sqs' | 'secretOf' | 'signedBy' | 'staleness'>

/** A request. The bucket is empty for operations on the account, the key for operations on a bucket. */
export interface Call {
  readonly bucket: string
  readonly key: string
  readonly query: ReadonlyMap<string, string>
  readonly headers: IncomingHttpHeaders
  readonly body: AsyncIterable<Buffer>
  readonly requestId: string
  /** Finds the secret with which frames of the body are checked; undefined if any credentials are accepted. */
  readonly signedBy: SecretOf | undefined
}

/** A reply: XML, other text, a few bytes, a stream, or nothing. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly xml?: { readonly root: string; readonly content: XmlStructure | string }
  readonly text?: string
  readonly bytes?: Buffer
  /** Bytes to send; `headers` say how many. */
  readonly stream?: AsyncIterable<Buffer>
  /** Called when the reply has been sent, or cannot be. */
  readonly release?: () => void
}

/** One operation. Throws S3Error. */
export type Operation = (s3: S3, call: Call) => Answer | Promise<Answer>

export function openS3(context: ServerContext, dependencies: S3Dependencies): S3 {
  createTables(context.db)
  const objects = createObjectStore(context.db)
  const files = createObjectFiles(context.files, { durable: context.durable, lasting: context.lasting })
  // Files without a row, left behind when the server was killed.
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

/** The current time in milliseconds, in whole seconds as S3 reports modification times. */
export const modificationTime = (s3: S3): number => Math.floor(s3.context.clock.now() / 1000) * 1000
