import { Type } from 'typebox'
import { readBody } from './body.ts'
import { Name } from './fields.ts'
import { toInstantText } from './instant.ts'
import { parseAs, UnreadableMessageError } from './unreadable.ts'

/** An object that appeared in a bucket. */
export interface S3Record {
  bucket: string
  /** The object's key, decoded. */
  key: string
  /** Bytes. */
  size: number
  /** Without quotes. */
  etag?: string
  /** A UTC instant; some servers omit the Z. */
  eventTime: string
  /** For example `ObjectCreated:Put`. */
  eventName: string
}

/** A notification of S3. S3 sends a `test` once when notifications are configured; it needs no handling. */
export type S3Event = { kind: 'test' } | { kind: 'records'; records: S3Record[] }

const Notification = Type.Object({
  Records: Type.Array(
    Type.Object({
      eventName: Name,
      eventTime: Name,
      s3: Type.Object({
        bucket: Type.Object({ name: Name }),
        object: Type.Object({
          key: Name,
          size: Type.Optional(Type.Integer({ minimum: 0 })),
          eTag: Type.Optional(Type.String()),
        }),
      }),
    }),
  ),
})

/**
 * Reads a notification of S3: all of its records, each key decoded once (`+` is a space, `%2B` a plus).
 *
 * @throws {UnreadableMessageError}
 */
export function readS3Event(body: string): S3Event {
  const value = readBody(body)
  if (typeof value === 'object' && value !== null && 'Event' in value && value.Event === 's3:TestEvent') {
    return { kind: 'test' }
  }
  const { Records } = parseAs(Notification, value, 'an S3 notification')
  const records = Records.map(({ eventName, eventTime, s3: { bucket, object } }) => ({
    bucket: bucket.name,
    key: decodeKey(object.key),
    size: object.size ?? 0,
    ...(object.eTag !== undefined && { etag: object.eTag.replaceAll('"', '') }),
    eventTime: toInstantText(eventTime),
    eventName,
  }))
  return { kind: 'records', records }
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch (error) {
    throw new UnreadableMessageError(`The object key ${JSON.stringify(key)} is not URL-encoded text`, { cause: error })
  }
}
