import { bucketArn, encodeKey } from '../model/names.ts'
import { parseStoredNotification, rulesFor, type QueueNotification } from '../wire/notification.ts'
import type { StoredObject } from '../store/object-store.ts'
import { bucketOf, type S3 } from './s3.ts'

/** The name of an event as in its record: without `s3:`. */
export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'

/**
 * Sends the event to each queue with a matching rule, in the transaction that writes the object's row, so that neither exists
 * without the other. A queue whose policy no longer allows it is skipped.
 */
export function publishEvent(
  s3: S3,
  event: EventName,
  object: Pick<StoredObject, 'bucket' | 'key' | 'size' | 'etag'>,
): void {
  const stored = s3.buckets.configuration(object.bucket, 'notification')
  if (stored === undefined) return
  const rules = rulesFor(parseStoredNotification(stored), `s3:${event}`, object.key)
  if (rules.length === 0) return
  const sequencer = s3.buckets.nextSequence().toString(16).toUpperCase().padStart(18, '0')
  for (const rule of rules)
    sendTo(s3, object.bucket, rule.queueArn, { Records: [record(s3, event, object, rule, sequencer)] })
}

/** Sends an event of a bucket to a queue, if the queue's policy allows it. */
export const sendTo = (s3: S3, bucket: string, queueArn: string, event: object) =>
  s3.sqs.deliver(queueArn, JSON.stringify(event), {
    service: 's3.amazonaws.com',
    arn: bucketArn(bucket),
    account: s3.context.account,
  })

function record(
  s3: S3,
  eventName: EventName,
  { bucket, key, size, etag }: Pick<StoredObject, 'bucket' | 'key' | 'size' | 'etag'>,
  rule: QueueNotification,
  sequencer: string,
) {
  const { account, clock } = s3.context
  const removed = eventName.startsWith('ObjectRemoved')
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucketOf(s3, bucket).region,
    eventTime: new Date(clock.now()).toISOString(),
    eventName,
    userIdentity: { principalId: `AWS:${account}` },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': sequencer, 'x-amz-id-2': sequencer },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: rule.id,
      bucket: { name: bucket, ownerIdentity: { principalId: account }, arn: bucketArn(bucket) },
      // A removed object has neither size nor entity tag.
      object: { key: encodeKey(key), ...(removed ? {} : { size, eTag: etag }), sequencer },
    },
  }
}

/** The message that a queue gets when a bucket starts to notify it. It has no `Records`: consumers must recognise and delete it. */
export const testEvent = (s3: S3, bucket: string, requestId: string): object => ({
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: new Date(s3.context.clock.now()).toISOString(),
  Bucket: bucket,
  RequestId: requestId,
  HostId: requestId,
})
