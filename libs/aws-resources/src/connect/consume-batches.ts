import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type BatchResultErrorEntry,
  type Message,
} from '@aws-sdk/client-sqs'
import { extendVisibility, receivedMessage, type Handled, type ReceivedMessage } from './received-message.ts'
import { maxReceived, receiveLoop, type Consumer, type ReceiveOptions } from './receive-loop.ts'

/** The options of a consumer that handles what it receives at once together. */
interface ConsumeBatchesOptions extends ReceiveOptions {
  /** The maximum number of receives in progress. */
  concurrency: number
  /** The maximum number of messages of a receive, at most ten. */
  batch?: number
  /** Handles the messages of one receive. Returns what became of each, in their order. */
  handle: (messages: ReceivedMessage[]) => Promise<Handled[]>
}

/**
 * Receives messages from a queue, up to ten at once, and handles those of one receive together: a call deletes all that are done.
 *
 * Otherwise it is like `consume`. Where `handle` throws, all messages of the receive become visible again after
 * `visibilityTimeout`.
 */
export function consumeBatches(options: ConsumeBatchesOptions): Consumer {
  const { batch = maxReceived } = options
  return receiveLoop({ ...options, max: () => batch, work: (messages) => [handleBatch(messages, options)] })
}

async function handleBatch(messages: Message[], options: ConsumeBatchesOptions): Promise<void> {
  const { sqs, queueUrl, visibilityTimeout, handle, logger } = options
  const hide = (hidden: { receipt: string | undefined; seconds: number }[]) =>
    sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: hidden.map(({ receipt, seconds }, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout: seconds,
        })),
      }),
    )
  const messageId = messages.map(({ MessageId }) => MessageId).join(', ')
  const extend = async () => {
    const { Failed } = await hide(
      messages.map(({ ReceiptHandle: receipt }) => ({ receipt, seconds: visibilityTimeout })),
    )
    report(Failed)
  }
  const report = (failed: BatchResultErrorEntry[] = []) => {
    if (failed.length > 0) throw new BatchEntryError(failed)
  }
  using extension = extendVisibility(visibilityTimeout, extend, { logger, messageId })
  try {
    const handled = await handle(messages.map(receivedMessage))
    extension.stop()
    const done = messages.filter((_, index) => handled[index] === 'done')
    const later = messages.flatMap(({ ReceiptHandle: receipt }, index) => {
      const one = handled[index]
      return typeof one === 'object' ? [{ receipt, seconds: one.retryAfter }] : []
    })
    const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }))
    const answers = await Promise.all([
      Entries.length > 0 && sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries })),
      later.length > 0 && hide(later),
    ])
    report(answers.flatMap((answer) => (answer && answer.Failed) || []))
  } catch (error) {
    logger.error({ err: error, messageId, queueUrl }, 'Handling messages failed; they will be received again')
  }
}

/** Entries of a batch that SQS refused, while it took the others. */
class BatchEntryError extends Error {
  override readonly name = 'BatchEntryError'

  constructor(failed: readonly BatchResultErrorEntry[]) {
    super(failed.map(({ Code, Message: text }) => `${Code}: ${text ?? 'no reason given'}`).join('; '))
  }
}
