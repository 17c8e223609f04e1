import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { uuidOf } from './ids.ts'
import type { TellDashboard } from './sender.ts'

/** Puts aside what nobody understands: where an operator finds it whole, and where everybody sees it, with the reason. */
export type PutAside = (refused: { raw: string; reason: string; messageId: string }) => Promise<void>

/** So much of a message is shown; the dead-letter queue has all of it. */
const longestShown = 20_000

/**
 * @param options.source name of the queue that the messages came from
 * @param options.deadLetterUrl its dead-letter queue
 */
export function putAside(options: {
  sqs: SQSClient
  source: string
  deadLetterUrl: string
  tellDashboard: TellDashboard
}): PutAside {
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
      raw: raw.slice(0, longestShown),
      message_id: uuidOf('unidentified', source, messageId, raw),
    })
    await sqs.send(new SendMessageCommand(dead))
  }
}
