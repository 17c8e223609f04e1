import type { QueueResource } from '@continuum/aws-resources'
import { sqs } from '@pulumi/aws'
import type { CustomResourceOptions, Output } from '@pulumi/pulumi'

/** A queue, as other components know it. */
export interface StorageQueue {
  name: Output<string>
  url: Output<string>
  arn: Output<string>
}

/**
 * Makes a queue.
 *
 * @param deadLetters the ARN of the queue that takes what was received so often and never done
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
