import { regionOfArn } from '../../shared/region.ts'
import { parseCors } from '../wire/cors.ts'
import { S3Error } from '../model/errors.ts'
import { sendTo, testEvent } from './events.ts'
import {
  formatStoredNotification,
  notificationXml,
  parseNotification,
  parseStoredNotification,
} from '../wire/notification.ts'
import { isPublic, parsePolicy } from '../model/policy.ts'
import { blocks } from './public-access.ts'
import { readDocument } from './document.ts'
import { bucketOf, type Operation } from './s3.ts'

const undelivered = {
  refused: 'The destination queue does not exist',
  'not allowed': 'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
} as const

/**
 * Replaces all notification rules of a bucket. Each queue must exist and allow S3 to send by its policy, and receives
 * `s3:TestEvent` at once, unless the request has `x-amz-skip-destination-validation`.
 */
export const putBucketNotification: Operation = async (s3, call) => {
  const { region } = bucketOf(s3, call.bucket)
  const rules = parseNotification(await readDocument(call))
  const elsewhere = rules.find(({ queueArn }) => regionOfArn(queueArn) !== region)
  if (elsewhere)
    throw new S3Error(
      'InvalidArgument',
      'The notification destination service region is not valid for the bucket location constraint',
      { ArgumentName: 'QueueArn', ArgumentValue: elsewhere.queueArn },
    )
  const checked = call.headers['x-amz-skip-destination-validation'] !== 'true'
  s3.context.transaction(() => {
    bucketOf(s3, call.bucket)
    s3.buckets.configure(call.bucket, 'notification', rules.length > 0 ? formatStoredNotification(rules) : undefined)
    for (const { queueArn } of checked ? rules : []) {
      const delivery = sendTo(s3, call.bucket, queueArn, testEvent(s3, call.bucket, call.requestId))
      if (delivery !== 'delivered')
        throw new S3Error('InvalidArgument', 'Unable to validate the following destination configurations', {
          ArgumentName1: queueArn,
          ArgumentValue1: undelivered[delivery],
        })
    }
  })
  return {}
}

export const getBucketNotification: Operation = (s3, { bucket }) => {
  const stored = s3.buckets.configuration(bucketOf(s3, bucket).name, 'notification')
  return {
    xml: { root: 'NotificationConfiguration', content: notificationXml(stored ? parseStoredNotification(stored) : []) },
  }
}

export const putBucketPolicy: Operation = async (s3, call) => {
  const document = await readDocument(call)
  const { name } = bucketOf(s3, call.bucket)
  parsePolicy(document, name)
  if (isPublic(document, name) && blocks(s3.buckets, name, 'BlockPublicPolicy'))
    throw new S3Error(
      'AccessDenied',
      `Not authorized to perform s3:PutBucketPolicy on ${name}: public policies are blocked by the BlockPublicPolicy block public access setting.`,
    )
  s3.buckets.configure(call.bucket, 'policy', document)
  return { status: 204 }
}

export const getBucketPolicy: Operation = (s3, { bucket }) => {
  const text = s3.buckets.configuration(bucketOf(s3, bucket).name, 'policy')
  if (text === undefined) throw new S3Error('NoSuchBucketPolicy', undefined, { BucketName: bucket })
  return { headers: { 'content-type': 'application/json' }, text }
}

export const putBucketCors: Operation = async (s3, call) => {
  const document = await readDocument(call)
  parseCors(document)
  s3.buckets.configure(bucketOf(s3, call.bucket).name, 'cors', document)
  return {}
}

export const getBucketCors: Operation = (s3, { bucket }) => {
  const text = s3.buckets.configuration(bucketOf(s3, bucket).name, 'cors')
  if (text === undefined) throw new S3Error('NoSuchCORSConfiguration', undefined, { BucketName: bucket })
  return { headers: { 'content-type': 'application/xml' }, text }
}

const remover =
  (kind: 'policy' | 'cors'): Operation =>
  (s3, { bucket }) => {
    s3.buckets.configure(bucketOf(s3, bucket).name, kind, undefined)
    return { status: 204 }
  }

export const deleteBucketPolicy = remover('policy')
export const deleteBucketCors = remover('cors')
