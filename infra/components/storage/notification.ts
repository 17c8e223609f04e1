import { notificationRules, type Notification } from '@continuum/aws-resources'
import { s3 } from '@pulumi/aws'
import type { CustomResource, CustomResourceOptions } from '@pulumi/pulumi'
import type { StorageBucket } from './bucket.ts'
import type { StorageQueue } from './queue.ts'

/**
 * Makes the bucket notify the queue of new objects.
 *
 * @param between.policy the queue's policy: S3 refuses a notification to a queue that does not allow it
 */
export function notifyQueue(
  name: string,
  notification: Notification,
  between: { bucket: StorageBucket; queue: StorageQueue; policy: CustomResource },
  child: CustomResourceOptions,
): void {
  const { bucket, queue, policy } = between
  const queues = notificationRules(notification).map((rule) => ({
    id: rule.id,
    queueArn: queue.arn,
    events: notification.events,
    ...('prefix' in rule && { filterPrefix: rule.prefix }),
  }))
  new s3.BucketNotification(name, { bucket: bucket.name, queues }, { ...child, dependsOn: [policy] })
}
