import type { SQSClient } from '@aws-sdk/client-sqs'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'
import type { Notification } from '../store/outbox.ts'

/**
 * Encodes a notification as the original sends it: `{"type":"article","id":16695}`. Ids that are no number, of articles of other
 * than the default journal, are text.
 */
export function encodeNotification({ article }: Pick<Notification, 'article'>): string {
  return JSON.stringify({ type: 'article', id: /^\d{1,15}$/.test(article) ? Number(article) : article })
}

/** Returns a function that sends notifications to a queue, each with the id of its change as the attribute `change`. */
export function sendToQueue(sqs: SQSClient, queue: string): (notification: Notification) => Promise<void> {
  let url: string | undefined
  return async (notification) => {
    url ??= await queueUrl(sqs, queue)
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: encodeNotification(notification),
        MessageAttributes: { change: { DataType: 'String', StringValue: notification.change } },
      }),
    )
  }
}
