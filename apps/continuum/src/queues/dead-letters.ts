import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { queueUrl } from '@continuum/aws-resources'

/** A message that was put aside. */
export interface AsideMessage {
  readonly id: string
  readonly sent: string | null
  /** The reason why it was put aside, as the process that did says; null where SQS did it, after too many receptions. */
  readonly reason: string | null
  readonly receptions: number
  readonly body: string
}

/** Messages that are looked at are away for this long, in seconds. */
const lookingSeconds = 5

/** Looks at messages of a dead-letter queue, without taking them. SQS shows some of many, in any order. */
export async function deadLettersOf(sqs: SQSClient, name: string, most: number): Promise<readonly AsideMessage[]> {
  const QueueUrl = await queueUrl(sqs, name)
  const seen = new Map<string, AsideMessage>()
  while (seen.size < most) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: Math.min(10, most - seen.size),
        VisibilityTimeout: lookingSeconds,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      }),
    )
    const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId))
    if (fresh.length === 0) break
    for (const message of fresh) seen.set(message.MessageId ?? '', asideMessage(message))
  }
  return [...seen.values()]
}

function asideMessage({ MessageId = '', Body = '', Attributes, MessageAttributes }: Message): AsideMessage {
  const sent = Attributes?.SentTimestamp
  return {
    id: MessageId,
    sent: sent === undefined ? null : new Date(Number(sent)).toISOString(),
    reason: MessageAttributes?.['reason']?.StringValue ?? null,
    receptions: Number(Attributes?.ApproximateReceiveCount ?? 0),
    body: Body,
  }
}

/** Gives all messages of a dead-letter queue back to the queue that they are from; SQS moves them by itself. */
export async function redrive(sqs: SQSClient, queue: string, dead: string): Promise<void> {
  const [SourceArn, DestinationArn] = await Promise.all([arnOf(sqs, dead), arnOf(sqs, queue)])
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }))
}

async function arnOf(sqs: SQSClient, name: string): Promise<string> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: await queueUrl(sqs, name), AttributeNames: ['QueueArn'] }),
  )
  return Attributes?.QueueArn ?? ''
}
