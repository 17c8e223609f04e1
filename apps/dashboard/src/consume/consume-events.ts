import { consumeBatches, type Consumer, type Handled, type ReceivedMessage } from '@continuum/aws-resources'
import { UnreadableMessageError, type ReadMessages } from '@continuum/messages'
import { isDatabaseUnavailable, type Logger } from '@continuum/service'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Sql } from 'postgres'
import { retryWhileDatabaseUnavailable } from './database-unavailable.ts'
import { parseMessages } from './parse-message.ts'
import { recordMessages, unidentifiedDelivery } from './record-message.ts'
import { createRecorder } from './recorder.ts'
import type { Arrival } from '../store/messages.ts'

const visibilitySeconds = 60

/** A received message, and what could be read of it. */
interface Read extends ReadMessages {
  readonly received: ReceivedMessage
}

/**
 * Consumes the bot's messages from the events queue. Those of one receive are stored in one transaction, with those of other
 * receives that arrive meanwhile.
 *
 * An unreadable message is shown as an unidentified delivery and sent to the dead-letter queue; what can be read of a batch
 * is stored all the same. While the database is unavailable, no messages are received, and those already received are retried.
 *
 * @param options.queue the name of the queue, which is the source of unidentified deliveries
 * @param options.consumers the maximum number of receives in progress
 * @param options.batch the number of messages from which on a transaction takes no more
 */
export function consumeEvents(options: {
  sqs: SQSClient
  queueUrl: string
  queue: string
  sql: Sql
  previewBaseUrl: string
  consumers: number
  batch?: number
  waitSeconds?: number
  logger: Logger
  signal: AbortSignal
}): Consumer {
  const { sqs, queueUrl, queue, sql, previewBaseUrl, consumers, batch = 100, waitSeconds = 20 } = options
  const { logger, signal } = options
  /** The time until which the database need not be asked whether it is there: it has just stored something. */
  let availableUntil = 0
  const store = async (arrivals: readonly Arrival[]) => {
    try {
      await recordMessages(sql, arrivals, previewBaseUrl)
      availableUntil = performance.now() + 1_000
    } catch (error) {
      availableUntil = 0
      throw error
    }
  }
  const record = createRecorder(store, batch)

  const arrivalsOf = ({ received, messages, errors }: Read) => {
    const { messageId: id, body, sentAt } = received
    const [first] = errors
    const shown =
      first === undefined
        ? []
        : [unidentifiedDelivery({ id, source: queue, body }, errors.map(({ message }) => message).join('; '))]
    return [...messages, ...shown].map((message) => ({ message, sent: sentAt.epochMilliseconds }))
  }

  const report = (read: Read): Handled => {
    const [err] = read.errors
    if (err === undefined) return 'done'
    logger.error(
      { err, messageId: read.received.messageId, queue },
      'unreadable message; sent to the dead-letter queue',
    )
    return { retryAfter: 0 }
  }

  /** Stores one message; where it cannot be stored, it is shown instead. */
  const handleAlone = async (read: Read): Promise<Handled> => {
    try {
      await record(arrivalsOf(read))
      return report(read)
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error
      const unstorable = {
        received: read.received,
        messages: [],
        errors: [new UnreadableMessageError(`The message could not be processed: ${String(error)}`, { cause: error })],
      }
      await record(arrivalsOf(unstorable))
      return report(unstorable)
    }
  }

  const handle = async (received: ReceivedMessage[]): Promise<Handled[]> => {
    const read = received.map(readReceived)
    try {
      await record(read.flatMap(arrivalsOf))
      return read.map(report)
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error
      const handled: Handled[] = []
      for (const one of read) handled.push(await handleAlone(one))
      return handled
    }
  }

  return consumeBatches({
    sqs,
    queueUrl,
    visibilityTimeout: visibilitySeconds,
    waitSeconds,
    concurrency: consumers,
    batch: Math.min(batch, 10),
    handle: async (messages) => retryWhileDatabaseUnavailable(() => handle(messages), { logger, signal }),
    ready: async () => {
      if (performance.now() > availableUntil) await sql`select 1`
    },
    logger,
    signal,
  })
}

function readReceived(received: ReceivedMessage): Read {
  try {
    return { received, ...parseMessages(received.body) }
  } catch (error) {
    if (!(error instanceof UnreadableMessageError)) throw error
    return { received, messages: [], errors: [error] }
  }
}
