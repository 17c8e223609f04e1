import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  UnsupportedOperation,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { queueUrl } from '../connect/queue-url.ts'
import { lookThrough } from './dead-letters.ts'

/** Messages that are looked through for one. */
const maxLookedThrough = 1_000

/** A queue and its dead-letter queue, by their names. */
export interface RedrivenQueue {
  readonly queue: string
  readonly dead: string
}

/**
 * Starts to move all messages of a dead-letter queue back to their queue; SQS moves them by itself. Where it is doing so
 * already, that one goes on.
 */
export async function redriveAll(sqs: SQSClient, { queue, dead }: RedrivenQueue): Promise<void> {
  const [SourceArn, DestinationArn] = await Promise.all([arnOf(sqs, dead), arnOf(sqs, queue)])
  try {
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }))
  } catch (error) {
    if (!(error instanceof UnsupportedOperation)) throw error
  }
}

/**
 * Moves one message of a dead-letter queue back to its queue, without the reason for which it was put aside. It is sent before it is
 * deleted: a crash in between leaves it on both queues, and is never its loss.
 *
 * @returns false where the message was not found: it is not there any more, or somebody else is looking at it just now
 */
export async function redriveOne(sqs: SQSClient, { queue, dead }: RedrivenQueue, id: string): Promise<boolean> {
  const [from, to] = await Promise.all([queueUrl(sqs, dead), queueUrl(sqs, queue)])
  const seen = await lookThrough(sqs, from, { max: maxLookedThrough, keep: ({ MessageId }) => MessageId === id })
  const found = seen.at(-1)
  if (found?.MessageId !== id) return false
  const { reason: _, ...MessageAttributes } = found.MessageAttributes ?? {}
  await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: found.Body, MessageAttributes }))
  await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: found.ReceiptHandle }))
  return true
}

async function arnOf(sqs: SQSClient, name: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await queueUrl(sqs, name), AttributeNames: ['QueueArn'] }),
  )
  return Attributes?.QueueArn ?? ''
}
