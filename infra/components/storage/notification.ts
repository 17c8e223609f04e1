import { notificationPolicy, type Resources } from '@continuum/aws-resources'
import { s3, sqs } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import type { StorageBucket } from './bucket.ts'
import type { StorageQueue } from './queue.ts'

/** Makes the bucket tell the queue of what arrives; only that bucket of this account may. */
export function notifyQueue(
  name: string,
  notification: Resources['notification'],
  { bucket, queue }: { bucket: StorageBucket; queue: StorageQueue },
  child: CustomResourceOptions,
): void {
  const { id, events } = notification
  const policy = queue.arn.apply((arn) => JSON.stringify(notificationPolicy(arn, notification.bucket)))
  const admitted = new sqs.QueuePolicy(`${name}-incoming-sender`, { queueUrl: queue.url, policy }, child)
  // S3 refuses to notify a queue that does not let it.
  const options = { ...child, dependsOn: [admitted] }
  const queues = [{ id, queueArn: queue.arn, events }]
  new s3.BucketNotification(`${name}-production-notification`, { bucket: bucket.name, queues }, options)
}
