import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'
import type { UsageHit, UsageMessage } from '@continuum/usage'

/** Creates the function that sends hits to the usage queue. The queue is looked up when the first are sent. */
export function usageSender(sqs: SQSClient, queue: string): (hits: readonly UsageHit[]) => Promise<void> {
  let url: string | undefined
  return async (hits) => {
    url ??= await queueUrl(sqs, queue)
    const message: UsageMessage = { type: 'usage', hits: [...hits] }
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }))
  }
}
