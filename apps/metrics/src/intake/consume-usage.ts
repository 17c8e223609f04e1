import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import { Readable } from 'node:stream'
import { consume, type Consumer, type Handled, type ReceivedMessage } from '@continuum/aws-resources'
import { parseAs, readBody, readS3Event, UnreadableMessageError } from '@continuum/messages'
import type { Logger } from '@continuum/service'
import { UsageMessage } from '@continuum/usage'
import { openDays } from '../count/days.ts'
import { markStale, recordHits } from '../count/record-hits.ts'
import { UnreadableLogError } from './cloudfront-line.ts'
import { LongLineError } from './lines.ts'
import { takeLog, type LogContext, type TakenLog } from './take-log.ts'

const visibilitySeconds = 60
const unreadable = [UnreadableMessageError, UnreadableLogError, LongLineError]

/**
 * Consumes the usage queue: hits of the site, and notifications of new log files. A message is deleted once its events are
 * stored; received twice it changes nothing. One that cannot be understood goes to the dead-letter queue.
 */
export function consumeUsage(options: {
  context: LogContext
  sqs: SQSClient
  s3: S3Client
  queueUrl: string
  waitSeconds?: number
  /** Called when the events of a message are stored. */
  onTaken?: () => void
  logger: Logger
  signal: AbortSignal
}): Consumer {
  const { context, sqs, s3, queueUrl, waitSeconds = 20, onTaken, logger, signal } = options
  const handle = async ({ body, messageId }: ReceivedMessage): Promise<Handled> => {
    try {
      await handleBody(context, s3, body, logger)
      onTaken?.()
      return 'done'
    } catch (error) {
      if (!unreadable.some((kind) => error instanceof kind)) throw error
      logger.error({ err: error, messageId }, 'unreadable message; sent to the dead-letter queue')
      return { retryAfter: 0 }
    }
  }
  return consume({
    sqs,
    queueUrl,
    visibilityTimeout: visibilitySeconds,
    waitSeconds,
    concurrency: 5,
    handle,
    ready: async () => void (await context.sql`select 1`),
    logger,
    signal,
  })
}

async function handleBody(context: LogContext, s3: S3Client, body: string, logger: Logger): Promise<void> {
  const value = readBody(body)
  if (Reflect.get(Object(value), 'type') === 'usage') {
    return recordMessage(context, parseAs(UsageMessage, value, 'a usage message'))
  }
  const event = readS3Event(body)
  if (event.kind === 'test') return
  for (const { bucket, key } of event.records) {
    const log = await takeObject(context, s3, bucket, key)
    logger.info(log, 'log file taken')
  }
}

async function recordMessage({ sql, now }: LogContext, { hits }: UsageMessage): Promise<void> {
  await openDays(
    sql,
    hits.map(({ at }) => at.slice(0, 10)),
    now(),
  )
  await sql.begin(async (tx) => {
    const { affected } = await recordHits(tx, hits, false)
    await markStale(tx, affected)
  })
}

/** Counts a log file of a bucket. */
async function takeObject(context: LogContext, s3: S3Client, bucket: string, key: string): Promise<TakenLog> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  const content = Body instanceof Readable ? Body : Readable.from([])
  return takeLog(context, { name: `s3://${bucket}/${key}`, content })
}
