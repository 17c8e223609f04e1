/** The loop of every consumer: receives while there is room, and starts work on what was received. */
import { ReceiveMessageCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs'

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

/** The options of every consumer. */
export interface ReceiveOptions {
  /** A polling client: see `createPollingClients`. */
  sqs: SQSClient
  queueUrl: string
  /** Seconds, at least 2. */
  visibilityTimeout: number
  /** The seconds that SQS holds a poll of an empty queue, at most 20. */
  waitSeconds: number
  /**
   * Called before each poll: while it throws (the database is down) nothing is received, so that no message uses up its
   * receives.
   */
  ready?: () => Promise<void>
  logger: ConsumerLog
  /** Ends the loop once the messages in progress are handled. */
  signal: AbortSignal
}

/** The maximum number of messages that SQS returns at once. */
export const maxReceived = 10

const backOff = { firstMilliseconds: 500, maxMilliseconds: 30_000 }

/**
 * Receives until the signal is aborted; one poll at a time.
 *
 * @param concurrency the maximum number of works in progress
 * @param max the maximum number of messages to receive, given the number of works in progress
 * @param work starts the works of what was received; they never reject
 */
export function receiveLoop(
  options: ReceiveOptions & {
    concurrency: number
    max: (inProgress: number) => number
    work: (messages: Message[]) => Promise<void>[]
  },
): Consumer {
  const { sqs, queueUrl, visibilityTimeout, waitSeconds, concurrency, max, work, logger, signal } = options
  let lastSignOfLife = Temporal.Now.instant()
  const inProgress = new Set<Promise<void>>()

  const receive = async (): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(maxReceived, max(inProgress.size)),
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
        const messages = await receive()
        for (const one of messages.length > 0 ? work(messages) : []) {
          const tracked = one.finally(() => inProgress.delete(tracked))
          inProgress.add(tracked)
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
