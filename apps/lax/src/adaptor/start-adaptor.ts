import { journalsOf } from '@continuum/article'
import { consume, createClients, createPollingClients, namesFor, queueUrl } from '@continuum/aws-resources'
import { connectDatabase, type Start } from '@continuum/service'
import type { LaxAdaptorSettings } from '@continuum/settings'
import { requestHandler } from './answer-requests.ts'
import { countRequests } from './counts.ts'
import { locationReader } from './locations.ts'

/** Starts the adaptor: takes requests to the article store from their queue, one at a time, and replies on another. */
export async function startAdaptor({
  settings,
  logger,
  signal,
  health,
  onClose,
}: Start<LaxAdaptorSettings>): Promise<{ url?: string }> {
  const { DATABASE_URL: url, DATABASE_PASSWORD_SECRET: passwordSecret, AWS_REGION: region } = settings
  const migrations = new URL('../migrations/', import.meta.url)
  const sql = await connectDatabase({ url, passwordSecret, schema: 'lax', migrations, logger, max: 3 })
  onClose(() => sql.end({ timeout: 5 }))
  const { queues, deadLetters, buckets } = namesFor(settings)
  const { sqs, s3 } = createClients({ region })
  const counts = countRequests(health.registry)
  const handle = requestHandler({
    sql,
    sqs,
    journals: journalsOf(settings.JOURNALS),
    cdnUrl: settings.CDN_URL,
    readLocation: locationReader({ s3, bucket: buckets.expanded, filesRoot: settings.FILES_ROOT }),
    now: () => Temporal.Now.instant(),
    queue: queues.laxRequests,
    urls: {
      replies: await queueUrl(sqs, queues.laxReplies),
      deadLetters: await queueUrl(sqs, deadLetters.laxRequests),
      events: await queueUrl(sqs, queues.events),
    },
    counts,
    logger,
  })
  const database = async () => void (await sql`select 1`)
  const consumer = consume({
    sqs: createPollingClients({ region }).sqs,
    queueUrl: await queueUrl(sqs, queues.laxRequests),
    visibilityTimeout: 60,
    waitSeconds: 20,
    concurrency: 1,
    handle,
    ready: database,
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  health.addChecks({ database })
  health.addPollers({ name: queues.laxRequests, lastSignOfLife: consumer.lastSignOfLife })
  return {}
}
