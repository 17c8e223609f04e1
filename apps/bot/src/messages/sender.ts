import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { encodeMessage, type StarterMessage } from '@continuum/messages'

/** Sends messages of one kind to one queue; when the promise resolves, the queue has the message. */
export type Send<Message> = (message: Message) => Promise<void>

export type RequestWorkflow = Send<StarterMessage>

/** Sends messages to a queue, as JSON. */
export function sender<Message extends object>(sqs: SQSClient, queueUrl: string): Send<Message> {
  return async (message) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: encodeMessage(message) }))
  }
}
