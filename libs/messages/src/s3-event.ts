import { Type } from 'typebox'
import { readBody } from './body.ts'
import { Name } from './fields.ts'
import { toInstantText } from './instant.ts'
import { parseAs, UnreadableMessageError } from './unreadable.ts'

/** An object that appeared in a bucket. */
export interface S3Record {
  bucket: string
  /** As the object is named: decoded. */
  key: string
  /** Bytes. */
  size: number
  /** Without quotes. */
  etag?: string
  /** A UTC instant; some servers leave the Z out. */
  eventTime: string
  /** Such as `ObjectCreated:Put`. */
  eventName: string
}

/** `test` is what S3 sends once when a notification is configured: to be acknowledged and forgotten. */
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
 * What S3 tells the incoming queue: every record of it, each key decoded once (`+` is a space, `%2B` a plus).
 *
 * @throws UnreadableMessageError
 */
export function readS3Event(body: string): S3Event {
  const value = readBody(body)
  if (typeof value === 'object' && value !== null && 'Event' in value && value.Event === 's3:TestEvent') {
    return { kind: 'test' }
  }
  const { Records } = parseAs(Notification, value, 'a notification of S3')
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
