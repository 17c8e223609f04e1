import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { uuidOf } from './ids.ts'
import type { TellDashboard } from './sender.ts'

/** A message that cannot be processed, as it came, and the reason. */
export interface DeadLetter {
  readonly raw: string
  readonly reason: string
  readonly messageId: string
}

/** Sends a message to the dead-letter queue, where an operator finds it whole, and shows it on the dashboard with the reason. */
export type SendToDeadLetters = (letter: DeadLetter) => Promise<void>

/** Characters of a message that the dashboard shows; the dead-letter queue has all of it. */
const maxShown = 20_000

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
  return async ({ raw, reason, messageId }) => {
    const attribute = {
      DataType: 'String',
      StringValue: reason.replaceAll(/[^\t\n\r -\uD7FF\uE000-\uFFFD]/g, '?').slice(0, 1_000),
    }
    const dead = { QueueUrl: deadLetterUrl, MessageBody: raw, MessageAttributes: { reason: attribute } }
    await tellDashboard({
      message_type: 'unidentified-delivery',
      source,
      reason,
      raw: raw.slice(0, maxShown),
      message_id: uuidOf('unidentified', source, messageId, raw),
    })
    await sqs.send(new SendMessageCommand(dead))
  }
}
