import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { encodeMessage, type DashboardMessage, type StarterMessage } from '@continuum/messages'

/** Puts messages of one kind on one queue; a promise that is kept means that the queue has it. */
export type Send<Message> = (message: Message) => Promise<void>

export type TellDashboard = Send<DashboardMessage>
export type AskForWorkflow = Send<StarterMessage>

/** What sends to a queue. */
export function sender<Message extends object>(sqs: SQSClient, queueUrl: string): Send<Message> {
  return async (message) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: encodeMessage(message) }))
  }
}
