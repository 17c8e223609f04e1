import { consume, type Consumer, type ReceivedMessage } from '@continuum/aws-resources'
import { UnreadableMessageError } from '@continuum/messages'
import type { Logger } from '@continuum/service'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Sql } from 'postgres'
import { isDatabaseAway, whileDatabaseIsAway } from './database-away.ts'
import { takeMessage, unidentified } from './take-message.ts'
import { understand } from './understand.ts'

const visibilitySeconds = 60

/**
 * Takes in what the bot says, message by message, from the events queue.
 *
 * What cannot be understood is shown as an unidentified delivery, and ends on the dead-letter queue. While the database is
 * away nothing is received, and what was received before is kept and tried until it is back.
 *
 * @param options.queue the queue's name: what an unidentified delivery says it came from
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

  const takeIn = async ({ body, messageId, sentAt }: ReceivedMessage): Promise<'done' | { retryAfter: number }> => {
    const sent = sentAt.epochMilliseconds
    try {
      await takeMessage(sql, understand(body), sent, previewBaseUrl)
      return 'done'
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      const reason =
        error instanceof UnreadableMessageError ? error.message : `It could not be taken in: ${String(error)}`
      logger.error({ err: error, messageId, queue }, 'a message is not understood: it goes to the dead-letter queue')
      await takeMessage(sql, unidentified({ id: messageId, source: queue, body }, reason), sent, previewBaseUrl)
      return { retryAfter: 0 }
    }
  }

  return consume({
    sqs,
    queueUrl,
    visibilityTimeout: visibilitySeconds,
    waitSeconds,
    concurrency: consumers,
    handle: async (message) => whileDatabaseIsAway(() => takeIn(message), { logger, signal }),
    ready: async () => void (await sql`select 1`),
    logger,
    signal,
  })
}
