import { queuePolicy, type QueueResource } from '@continuum/aws-resources'
import { sqs } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'

/** The outputs of a queue. */
export interface StorageQueue {
  name: Output<string>
  url: Output<string>
  arn: Output<string>
}

/**
 * Creates a queue.
 *
 * @param deadLetters the ARN of its dead-letter queue, and the number of receives after which a message goes there
 */
export function makeQueue(
  name: string,
  queue: QueueResource,
  options: CustomResourceOptions,
  deadLetters?: { to: Output<string>; maxReceiveCount: number },
): StorageQueue {
  const redrivePolicy = deadLetters?.to.apply((deadLetterTargetArn) =>
    JSON.stringify({ deadLetterTargetArn, maxReceiveCount: deadLetters.maxReceiveCount }),
  )
  const made = new sqs.Queue(
    name,
    {
      name: queue.name,
      visibilityTimeoutSeconds: queue.visibilitySeconds,
      messageRetentionSeconds: queue.retentionSeconds,
      sqsManagedSseEnabled: queue.encryption === 'SQS',
      ...(redrivePolicy && { redrivePolicy }),
    },
    options,
  )
  return { name: made.name, url: made.url, arn: made.arn }
}

/**
 * Sets the policy of a queue.
 *
 * @param notifying the name of the bucket that notifies it of new objects
 */
export function makeQueuePolicy(
  name: string,
  queue: StorageQueue,
  child: CustomResourceOptions,
  notifying?: string,
): sqs.QueuePolicy {
  const policy = queue.arn.apply((arn) => JSON.stringify(queuePolicy(arn, notifying)))
  return new sqs.QueuePolicy(name, { queueUrl: queue.url, policy }, child)
}
