import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { Notification } from '../declare/resources.ts'
import type { Outcome } from './outcome.ts'
import { retryUntilVisible } from './retry-until-visible.ts'

/**
 * Makes the bucket notify the queue of new objects. Each put makes S3 send a test event, so an existing notification is left alone.
 * Other notifications of the bucket stay.
 */
export async function makeNotification(s3: S3Client, notification: Notification, queueArn: string): Promise<Outcome> {
  const { id, bucket, events } = notification
  const { $metadata: _, ...held } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket }))
  const others = (held.QueueConfigurations ?? []).filter(({ Id }) => Id !== id)
  const ours = held.QueueConfigurations?.find(({ Id }) => Id === id)
  if (ours?.QueueArn === queueArn && ours.Events?.join() === events.join() && !ours.Filter?.Key?.FilterRules?.length) {
    return 'unchanged'
  }
  const wanted = { ...held, QueueConfigurations: [...others, { Id: id, QueueArn: queueArn, Events: events }] }
  const put = new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: wanted })
  // S3 refuses the notification until it sees the queue's new policy.
  await retryUntilVisible('InvalidArgument', () => s3.send(put))
  return 'created'
}
