/** A message as its handler sees it, and how long it stays hidden from others meanwhile. */
import type { Message } from '@aws-sdk/client-sqs'
import type { ConsumerLog } from './receive-loop.ts'

/** A received message. */
export interface ReceivedMessage {
  body: string
  messageId: string
  /** The number of receives, including this one. */
  receiveCount: number
  sentAt: Temporal.Instant
}

/** `done`: its effect is durable, delete it. `retryAfter`: make it visible again after this many seconds. */
export type Handled = 'done' | { retryAfter: number }

/** Reads what SQS returned of a message. */
export function receivedMessage({ MessageId = '', Body = '', Attributes = {} }: Message): ReceivedMessage {
  return {
    body: Body,
    messageId: MessageId,
    receiveCount: Number(Attributes.ApproximateReceiveCount ?? 1),
    sentAt: Temporal.Instant.fromEpochMilliseconds(Number(Attributes.SentTimestamp ?? Date.now())),
  }
}

/** Extends the visibility timeout whenever half of it is over, until it is stopped. */
export function extendVisibility(
  seconds: number,
  extend: () => Promise<unknown>,
  { logger, ...subject }: { logger: ConsumerLog; messageId: string },
): { stop: () => void; [Symbol.dispose]: () => void } {
  const timer = setInterval(
    () => {
      extend().catch((error: unknown) =>
        logger.warn(
          { err: error, ...subject },
          'Extending the visibility timeout failed; the message may be received twice',
        ),
      )
    },
    (seconds * 1000) / 2,
  )
  const stop = () => clearInterval(timer)
  return { stop, [Symbol.dispose]: stop }
}
