import { journalsOf } from '@continuum/article'
import { createClients, createPollingClients, namesFor, queueUrl } from '@continuum/aws-resources'
import { bothSecrets, connectDatabase, serve, type Start } from '@continuum/service'
import type { MetricsSettings } from '@continuum/settings'
import { createMetrics } from './app.ts'
import { createLaxCatalogue } from './catalogue/lax-catalogue.ts'
import { refreshCitations } from './citations/refresh.ts'
import { citationSources } from './citations/services.ts'
import { closeDueDays } from './count/close-day.ts'
import { startRecounting } from './recount-loop.ts'
import { consumeUsage } from './intake/consume-usage.ts'
import { repeat } from './repeat.ts'

const closeSeconds = 60
const citationSeconds = 600

/** Starts the usage counter: takes uses from the queue, counts them, and answers with the counts. */
export async function startMetrics({
  settings,
  logger,
  signal,
  health,
  onClose,
}: Start<MetricsSettings>): Promise<{ url: string }> {
  const migrations = new URL('./migrations/', import.meta.url)
  const { DATABASE_URL: url, DATABASE_PASSWORD_SECRET: passwordSecret } = settings
  const sql = await connectDatabase({ url, passwordSecret, schema: 'metrics', migrations, logger })
  onClose(() => sql.end({ timeout: 1 }))
  const { sqs } = createPollingClients({ region: settings.AWS_REGION })
  const { s3 } = createClients({ region: settings.AWS_REGION })
  onClose(() => [sqs, s3].forEach((client) => client.destroy()))

  const now = () => Temporal.Now.instant()
  const journals = journalsOf(settings.JOURNALS)
  const catalogue = createLaxCatalogue(settings.LAX_URL)
  const sources = citationSources(settings.CITATION_SOURCES)
  const { queues } = namesFor(settings)
  const recounting = startRecounting(sql, { logger, signal })
  const consumer = consumeUsage({
    context: { sql, catalogue, journals, now },
    sqs,
    s3,
    queueUrl: await queueUrl(sqs, queues.usage),
    onTaken: recounting.taken,
    logger,
    signal,
  })
  onClose(() => consumer.stopped)
  health.addPollers({ name: queues.usage, lastSignOfLife: consumer.lastSignOfLife })
  const citations = { sql, sources, catalogue, journals, now, logger, signal }
  const loops = [
    recounting.stopped,
    repeat('close days', closeSeconds, () => closeDueDays(sql, now(), logger), { logger, signal }),
    repeat('citations', citationSeconds, () => refreshCitations(citations), { logger, signal }),
  ]
  onClose(() => Promise.all(loops))

  const app = await createMetrics({
    sql,
    catalogue,
    journals,
    services: sources.map(({ service }) => service),
    token: bothSecrets(settings.METRICS_TOKEN, settings.METRICS_TOKEN_SECOND),
    counterKey: bothSecrets(settings.COUNTER_API_KEY, settings.COUNTER_API_KEY_SECOND),
    siteName: settings.SITE_NAME,
    now,
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
    health,
  })
  const served = await serve(app, settings)
  onClose(served.close)
  return { url: served.url }
}
