import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { reasonAttribute, unidentifiedDelivery, type DeadLetter } from '@continuum/messages'
import type { TellDashboard } from './tell-dashboard.ts'

/** Sends a message to the dead-letter queue, where an operator finds it whole, and shows it on the dashboard with the reason. */
export type SendToDeadLetters = (letter: DeadLetter) => Promise<void>

/**
 * Sends what cannot be processed to a dead-letter queue and to the dashboard.
 *
 * @param options.source name of the queue that the messages came from
 * @param options.deadLetterUrl its dead-letter queue
 */
export function deadLetterSender(options: {
  sqs: SQSClient
  source: string
  deadLetterUrl: string
  tellDashboard: TellDashboard
}): SendToDeadLetters {
  const { sqs, source, deadLetterUrl, tellDashboard } = options
  return async (letter) => {
    await tellDashboard(unidentifiedDelivery(letter, source))
    const MessageAttributes = { reason: reasonAttribute(letter) }
    await sqs.send(new SendMessageCommand({ QueueUrl: deadLetterUrl, MessageBody: letter.raw, MessageAttributes }))
  }
}
