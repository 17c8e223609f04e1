import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs'

/** A message as a consumer sees it. */
export interface ReceivedMessage {
  body: string
  messageId: string
  /** The number of receives, this one included. */
  receiveCount: number
  sentAt: Temporal.Instant
}

/** `done`: its effect is durable, delete it. `retryAfter`: not yet, show it again after so many seconds. */
export type Handled = 'done' | { retryAfter: number }

/** The log that a consumer writes to; pino's fits. */
export interface ConsumerLog {
  warn: (fields: object, message: string) => void
  error: (fields: object, message: string) => void
}

/** A loop that receives until its signal is aborted. */
export interface Consumer {
  /** When SQS last answered. */
  lastSignOfLife: () => Temporal.Instant
  /** Settles when the loop has ended and every message under way is handled. */
  stopped: Promise<void>
}

const longestBatch = 10
const backOff = { firstMilliseconds: 500, longestMilliseconds: 30_000 }

/**
 * Receives messages from a queue and has them handled, several at once.
 *
 * A message is deleted only after `handle` said `done`; while it works the message's visibility is extended, so it may
 * take longer than `visibilityTimeout`. A message whose handler throws, or whose consumer dies, shows again after
 * `visibilityTimeout`, and after the queue's five receipts goes to the dead-letter queue; `retryAfter` counts as a receipt.
 *
 * @param options.sqs a polling client: see `createPollingClients`
 * @param options.visibilityTimeout seconds, at least 2
 * @param options.waitSeconds how long SQS holds a poll that finds nothing, at most 20
 * @param options.concurrency most messages under way
 * @param options.ready asked before each poll: while it throws (the database is down) nothing is received, so that no message
 *   uses up its receipts
 * @param options.signal ends the loop; what is under way is finished
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
  const underWay = new Set<Promise<void>>()

  const receive = async (): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(longestBatch, concurrency - underWay.size),
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
      if (underWay.size >= concurrency) {
        await Promise.race(underWay)
        continue
      }
      try {
        await options.ready?.()
        for (const message of await receive()) {
          const work = handleMessage(message, options).finally(() => underWay.delete(work))
          underWay.add(work)
        }
        failures = 0
      } catch (error) {
        if (signal.aborted) break
        const wait = Math.min(backOff.firstMilliseconds * 2 ** failures++, backOff.longestMilliseconds)
        logger.warn({ err: error, queueUrl, wait }, 'nothing can be received for now')
        await pause(wait, signal)
      }
    }
    await Promise.all(underWay)
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
        logger.warn({ err: error, messageId }, 'a message under way may be received again'),
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
    logger.error({ err: error, messageId, queueUrl }, 'a message was not handled and will show again')
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
