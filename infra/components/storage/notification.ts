import { notificationPolicy, notificationRules, type Notification } from '@continuum/aws-resources'
import { s3, sqs } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import type { StorageBucket } from './bucket.ts'
import type { StorageQueue } from './queue.ts'

/** Makes the bucket notify the queue of new objects, and lets no other bucket or account send to it. */
export function notifyQueue(
  names: { policy: string; notification: string },
  notification: Notification,
  { bucket, queue }: { bucket: StorageBucket; queue: StorageQueue },
  child: CustomResourceOptions,
): void {
  const { events } = notification
  const policy = queue.arn.apply((arn) => JSON.stringify(notificationPolicy(arn, notification.bucket)))
  const allowedCidrs = new sqs.QueuePolicy(names.policy, { queueUrl: queue.url, policy }, child)
  // S3 refuses a notification to a queue whose policy does not allow it.
  const options = { ...child, dependsOn: [allowedCidrs] }
  const queues = notificationRules(notification).map((rule) => ({
    id: rule.id,
    queueArn: queue.arn,
    events,
    ...('prefix' in rule && { filterPrefix: rule.prefix }),
  }))
  new s3.BucketNotification(names.notification, { bucket: bucket.name, queues }, options)
}
