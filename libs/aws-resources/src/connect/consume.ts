import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs'

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

/** The log that a consumer writes to; pino's fits. */
export interface ConsumerLog {
  warn: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}

/** A loop that receives until its signal is aborted. */
export interface Consumer {
  /** The time of the last answer from SQS. */
  lastSignOfLife: () => Temporal.Instant
  /** Resolves when the loop has ended and every message in progress is handled. */
  stopped: Promise<void>
}

const maxBatch = 10
const backOff = { firstMilliseconds: 500, maxMilliseconds: 30_000 }

/**
 * Receives messages from a queue and handles several at once.
 *
 * A message is deleted only after `handle` returns `done`. While it runs the visibility timeout is extended, so it may take longer
 * than `visibilityTimeout`. A message whose handler throws, or whose consumer crashes, becomes visible again after
 * `visibilityTimeout`, and goes to the dead-letter queue after five receives; `retryAfter` counts as one.
 *
 * @param options.sqs a polling client: see `createPollingClients`
 * @param options.visibilityTimeout seconds, at least 2
 * @param options.waitSeconds the seconds that SQS holds a poll of an empty queue, at most 20
 * @param options.concurrency the maximum number of messages in progress
 * @param options.ready called before each poll: while it throws (the database is down) nothing is received, so that no message uses
 *   up its receives
 * @param options.signal ends the loop once the messages in progress are handled
 */
export function consume(options: {
  sqs: SQSClient
  queueUrl: string
  visibilityTimeout: number
  waitSeconds: number
  concurrency: number
  handle: (message: ReceivedMessage) => Promise<Handled>
  ready?: () => Promise<void>
  logger: ConsumerLog
  signal: AbortSignal
}): Consumer {
  const { sqs, queueUrl, visibilityTimeout, waitSeconds, concurrency, logger, signal } = options
  let lastSignOfLife = Temporal.Now.instant()
  const inProgress = new Set<Promise<void>>()

  const receive = async (): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(maxBatch, concurrency - inProgress.size),
        VisibilityTimeout: visibilityTimeout,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      }),
      { abortSignal: signal },
    )
    lastSignOfLife = Temporal.Now.instant()
    return Messages
  }

  const loop = async () => {
    let failures = 0
    while (!signal.aborted) {
      if (inProgress.size >= concurrency) {
        await Promise.race(inProgress)
        continue
      }
      try {
        await options.ready?.()
        for (const message of await receive()) {
          const work = handleMessage(message, options).finally(() => inProgress.delete(work))
          inProgress.add(work)
        }
        failures = 0
      } catch (error) {
        if (signal.aborted) break
        const wait = Math.min(backOff.firstMilliseconds * 2 ** failures++, backOff.maxMilliseconds)
        logger.warn({ err: error, queueUrl, wait }, 'Receiving failed; retrying')
        await pause(wait, signal)
      }
    }
    await Promise.all(inProgress)
  }
  return { lastSignOfLife: () => lastSignOfLife, stopped: loop() }
}

async function handleMessage(message: Message, options: Parameters<typeof consume>[0]): Promise<void> {
  const { sqs, queueUrl, visibilityTimeout, handle, logger } = options
  const { MessageId: messageId = '', ReceiptHandle: receipt, Body: body = '', Attributes = {} } = message
  const hide = (seconds: number) =>
    sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt, VisibilityTimeout: seconds }),
    )
  const extension = setInterval(
    () => {
      hide(visibilityTimeout).catch((error: unknown) =>
        logger.warn(
          { err: error, messageId },
          'Extending the visibility timeout failed; the message may be received twice',
        ),
      )
    },
    (visibilityTimeout * 1000) / 2,
  )
  try {
    const handled = await handle({
      body,
      messageId,
      receiveCount: Number(Attributes.ApproximateReceiveCount ?? 1),
      sentAt: Temporal.Instant.fromEpochMilliseconds(Number(Attributes.SentTimestamp ?? Date.now())),
    })
    clearInterval(extension)
    if (handled === 'done') await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }))
    else await hide(handled.retryAfter)
  } catch (error) {
    logger.error({ err: error, messageId, queueUrl }, 'Handling a message failed; it will be received again')
  } finally {
    clearInterval(extension)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, milliseconds)
    signal.addEventListener('abort', finish, { once: true })
    function finish() {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
  })
}
