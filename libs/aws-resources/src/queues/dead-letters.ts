import {
  ChangeMessageVisibilityBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { queueUrl } from '../connect/queue-url.ts'

/** A message of a dead-letter queue. */
export interface AsideMessage {
  readonly id: string
  readonly sent: string | null
  /** The reason that the process gave which put it there; null where SQS moved it, after too many receives. */
  readonly reason: string | null
  readonly receptions: number
  readonly body: string
}

/** Nobody else sees a message for this long, in seconds, should the look end before it has given it back. */
const lookingSeconds = 20

/** Looks at messages of a dead-letter queue, and gives them back at once. SQS shows some of many, in any order. */
export async function deadLettersOf(
  sqs: SQSClient,
  name: string,
  max: number,
  signal?: AbortSignal,
): Promise<readonly AsideMessage[]> {
  const seen = await lookThrough(sqs, await queueUrl(sqs, name, signal), { max, signal })
  return seen.map(asideMessage)
}

/**
 * Receives messages of a queue until there are no new ones, and makes them visible again, but for one that is kept.
 *
 * @param look.max the number of messages after which it ends
 * @param look.keep ends it, and leaves the message for which it is true hidden; that one is the last of the result
 */
export async function lookThrough(
  sqs: SQSClient,
  QueueUrl: string,
  look: { max: number; keep?: (message: Message) => boolean; signal?: AbortSignal | undefined },
): Promise<readonly Message[]> {
  const { max, keep = () => false, signal } = look
  const seen = new Map<string, Message>()
  const open: Message[] = []
  let kept: Message | undefined
  try {
    while (seen.size < max && !kept) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(10, max - seen.size),
          VisibilityTimeout: lookingSeconds,
          // A short poll asks some of SQS's servers only, and finds few of few messages.
          WaitTimeSeconds: 1,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        }),
        { ...(signal && { abortSignal: signal }) },
      )
      open.push(...Messages)
      kept = Messages.find(keep)
      const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId))
      if (fresh.length === 0) break
      for (const message of fresh) seen.set(message.MessageId ?? '', message)
    }
  } finally {
    await giveBack(
      sqs,
      QueueUrl,
      open.filter((message) => message !== kept),
    )
  }
  return kept ? [...[...seen.values()].filter((message) => message !== kept), kept] : [...seen.values()]
}

/** Makes messages visible at once. One that cannot be made so now is visible when the look's time is over. */
async function giveBack(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }))
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })).catch(() => undefined)
  }
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
