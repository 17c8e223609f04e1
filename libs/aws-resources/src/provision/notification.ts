import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import type { Resources } from '../declare/resources.ts'
import type { Outcome } from './outcome.ts'
import { untilSeen } from './retry-until-visible.ts'

/**
 * Makes the bucket notify the queue. Each put makes S3 send a test event, so it is put only where it is not there yet.
 * Notifications of others on the same bucket stay.
 */
export async function makeNotification(
  s3: S3Client,
  notification: Resources['notification'],
  queueArn: string,
): Promise<Outcome> {
  const { id, bucket, events } = notification
  const { $metadata: _, ...held } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: bucket }))
  const others = (held.QueueConfigurations ?? []).filter(({ Id }) => Id !== id)
  const ours = held.QueueConfigurations?.find(({ Id }) => Id === id)
  if (ours?.QueueArn === queueArn && ours.Events?.join() === events.join() && !ours.Filter?.Key?.FilterRules?.length) {
    return 'was there'
  }
  const wanted = { ...held, QueueConfigurations: [...others, { Id: id, QueueArn: queueArn, Events: events }] }
  const put = new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration: wanted })
  // S3 may not see a queue's new policy at once, and then refuses to notify it.
  await untilSeen('InvalidArgument', () => s3.send(put))
  return 'made'
}
