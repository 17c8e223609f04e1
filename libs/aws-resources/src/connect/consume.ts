import { ChangeMessageVisibilityCommand, DeleteMessageCommand, type Message } from '@aws-sdk/client-sqs'
import { extendVisibility, receivedMessage, type Handled, type ReceivedMessage } from './received-message.ts'
import { receiveLoop, type Consumer, type ReceiveOptions } from './receive-loop.ts'

/** The options of a consumer that handles each message by itself. */
interface ConsumeOptions extends ReceiveOptions {
  /** The maximum number of messages in progress. */
  concurrency: number
  handle: (message: ReceivedMessage) => Promise<Handled>
}

/**
 * Receives messages from a queue and handles several at once.
 *
 * A message is deleted only after `handle` returns `done`. While it runs the visibility timeout is extended, so it may take longer
 * than `visibilityTimeout`. A message whose handler throws, or whose consumer crashes, becomes visible again after
 * `visibilityTimeout`, and goes to the dead-letter queue after five receives; `retryAfter` counts as one.
 */
export function consume(options: ConsumeOptions): Consumer {
  const { concurrency } = options
  return receiveLoop({
    ...options,
    max: (inProgress) => concurrency - inProgress,
    work: (messages) => messages.map((message) => handleMessage(message, options)),
  })
}

async function handleMessage(message: Message, options: ConsumeOptions): Promise<void> {
  const { sqs, queueUrl, visibilityTimeout, handle, logger } = options
  const { ReceiptHandle: receipt } = message
  const received = receivedMessage(message)
  const hide = (seconds: number) =>
    sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt, VisibilityTimeout: seconds }),
    )
  const { messageId } = received
  using extension = extendVisibility(visibilityTimeout, () => hide(visibilityTimeout), { logger, messageId })
  try {
    const handled = await handle(received)
    extension.stop()
    if (handled === 'done') await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }))
    else await hide(handled.retryAfter)
  } catch (error) {
    logger.error({ err: error, messageId, queueUrl }, 'Handling a message failed; it will be received again')
  }
}
