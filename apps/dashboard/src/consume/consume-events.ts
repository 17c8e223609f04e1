import { consume, type Consumer, type ReceivedMessage } from '@continuum/aws-resources'
import { UnreadableMessageError } from '@continuum/messages'
import { isDatabaseUnavailable, type Logger } from '@continuum/service'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Sql } from 'postgres'
import { retryWhileDatabaseUnavailable } from './database-unavailable.ts'
import { recordMessage, unidentifiedDelivery } from './record-message.ts'
import { parseMessage } from './parse-message.ts'

const visibilitySeconds = 60

/**
 * Consumes the bot's messages from the events queue.
 *
 * An unreadable message is shown as an unidentified delivery and sent to the dead-letter queue. While the database is
 * unavailable, no messages are received, and those already received are retried.
 *
 * @param options.queue the name of the queue, which is the source of unidentified deliveries
 */
export function consumeEvents(options: {
  sqs: SQSClient
  queueUrl: string
  queue: string
  sql: Sql
  previewBaseUrl: string
  consumers: number
  waitSeconds?: number
  logger: Logger
  signal: AbortSignal
}): Consumer {
  const { sqs, queueUrl, queue, sql, previewBaseUrl, consumers, waitSeconds = 20, logger, signal } = options

  const handle = async ({ body, messageId, sentAt }: ReceivedMessage): Promise<'done' | { retryAfter: number }> => {
    const sent = sentAt.epochMilliseconds
    try {
      await recordMessage(sql, parseMessage(body), sent, previewBaseUrl)
      return 'done'
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error
      const reason =
        error instanceof UnreadableMessageError ? error.message : `The message could not be processed: ${String(error)}`
      logger.error({ err: error, messageId, queue }, 'unreadable message; sent to the dead-letter queue')
      await recordMessage(
        sql,
        unidentifiedDelivery({ id: messageId, source: queue, body }, reason),
        sent,
        previewBaseUrl,
      )
      return { retryAfter: 0 }
    }
  }

  return consume({
    sqs,
    queueUrl,
    visibilityTimeout: visibilitySeconds,
    waitSeconds,
    concurrency: consumers,
    handle: async (message) => retryWhileDatabaseUnavailable(() => handle(message), { logger, signal }),
    ready: async () => void (await sql`select 1`),
    logger,
    signal,
  })
}
