import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { NoSuchQueueError, queueRoles, queueUrl, type Names } from '@continuum/aws-resources'

/** A queue with its dead letters, as `continuum queues --json` and `continuum env status --json` print it. */
export interface QueueStatus {
  readonly name: string
  /** Null where the queue was never made. */
  readonly messages: { readonly waiting: number; readonly underWay: number; readonly dead: number } | null
}

/** Counts the messages of each queue and of its dead-letter queue; SQS counts about right. */
export function depthsOf(sqs: SQSClient, { queues, deadLetters }: Names): Promise<readonly QueueStatus[]> {
  return Promise.all(queueRoles.map((role) => depthOf(sqs, queues[role], deadLetters[role])))
}

async function depthOf(sqs: SQSClient, name: string, deadQueue: string): Promise<QueueStatus> {
  const [own, letters] = await Promise.all([attributesOf(sqs, name), attributesOf(sqs, deadQueue)])
  if (!own) return { name, messages: null }
  // Somebody may be looking at a dead letter just now.
  const dead = letters ? letters.waiting + letters.underWay : 0
  return { name, messages: { waiting: own.waiting, underWay: own.underWay, dead } }
}

async function attributesOf(sqs: SQSClient, name: string) {
  try {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: await queueUrl(sqs, name),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    )
    return {
      waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      underWay: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    }
  } catch (error) {
    if (error instanceof NoSuchQueueError) return undefined
    throw error
  }
}
