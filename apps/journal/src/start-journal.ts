import { journalsOf } from '@continuum/article'
import { createClients, namesFor } from '@continuum/aws-resources'
import { bothSecrets, connectDatabase, serve, type Start } from '@continuum/service'
import { createSite } from './app.ts'
import { createArticleStore } from './site/article-store.ts'
import { createPreviewFiles } from './site/preview-files.ts'
import { createPublishedFiles } from './site/published-files.ts'
import { createNumbersSource } from './usage/article-numbers.ts'
import { createDayKeys } from './usage/day-keys.ts'
import { usageSender } from './usage/send-usage.ts'
import { createUsageCounter } from './usage/usage-counter.ts'
import type { JournalSettings } from '@continuum/settings'

/** Starts the journal's site. */
export async function startJournal({
  settings,
  logger,
  health,
  onClose,
}: Start<JournalSettings>): Promise<{ url: string }> {
  const migrations = new URL('./migrations/', import.meta.url)
  const { DATABASE_URL: url, DATABASE_PASSWORD_SECRET: passwordSecret } = settings
  const sql = await connectDatabase({ url, passwordSecret, schema: 'journal', migrations, logger })
  onClose(() => sql.end({ timeout: 5 }))
  const { s3, sqs } = createClients({ region: settings.AWS_REGION })
  onClose(() => [s3, sqs].forEach((client) => client.destroy()))
  const now = () => Temporal.Now.instant()
  const { queues } = namesFor(settings)
  const counter = createUsageCounter({
    counts: settings.COUNTS_USAGE,
    keys: createDayKeys({ url: settings.METRICS_URL, token: settings.METRICS_TOKEN, logger }),
    send: usageSender(sqs, queues.usage),
    now,
    logger,
  })
  onClose(counter.close)
  const site = await createSite({
    name: settings.SITE_NAME,
    journals: journalsOf(settings.JOURNALS),
    content: settings.SITE_CONTENT,
    sql,
    articleStore: createArticleStore({ url: settings.LAX_URL, token: settings.LAX_READ_TOKEN }),
    previewFiles: createPreviewFiles(s3, settings.EXPANDED_BUCKET),
    publishedFiles: createPublishedFiles(s3, settings.CDN_BUCKET),
    previewSecret: bothSecrets(settings.PREVIEW_SECRET, settings.PREVIEW_SECRET_SECOND),
    pipeline: {
      user: settings.SITE_USER,
      password: bothSecrets(settings.SITE_PASSWORD, settings.SITE_PASSWORD_SECOND),
    },
    cdnUrl: settings.CDN_URL,
    siteUrl: settings.SITE_URL,
    apiUrl: settings.API_URL,
    usage: { counter, numbers: createNumbersSource(settings.METRICS_URL) },
    now,
    logger,
    health,
    trustedProxies: settings.TRUSTED_PROXIES,
    behindCdn: settings.BEHIND_CDN,
  })
  const served = await serve(site, settings)
  onClose(served.close)
  return { url: served.url }
}
