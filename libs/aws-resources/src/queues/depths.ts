import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { NoSuchQueueError, queueUrl } from '../connect/queue-url.ts'
import { queueRoles, type Names, type QueueRole } from '../declare/names.ts'

/** A queue with its dead letters, as `continuum queues --json` and `continuum env status --json` print it. */
export interface QueueStatus {
  readonly role: QueueRole
  readonly name: string
  /** Null where the queue was never made. */
  readonly messages: { readonly waiting: number; readonly underWay: number; readonly dead: number } | null
}

/**
 * Counts the messages of each queue and of its dead-letter queue; SQS counts about right.
 *
 * @param signal gives up
 */
export function depthsOf(
  sqs: SQSClient,
  { queues, deadLetters }: Names,
  signal?: AbortSignal,
): Promise<readonly QueueStatus[]> {
  return Promise.all(
    queueRoles.map(async (role) => {
      const name = queues[role]
      const [own, letters] = await Promise.all([
        attributesOf(sqs, name, signal),
        attributesOf(sqs, deadLetters[role], signal),
      ])
      if (!own) return { role, name, messages: null }
      // Somebody may be looking at a dead letter just now.
      const dead = letters ? letters.waiting + letters.underWay : 0
      return { role, name, messages: { ...own, dead } }
    }),
  )
}

async function attributesOf(sqs: SQSClient, name: string, abortSignal?: AbortSignal) {
  try {
    const QueueUrl = await queueUrl(sqs, name, abortSignal)
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
      { ...(abortSignal && { abortSignal }) },
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
