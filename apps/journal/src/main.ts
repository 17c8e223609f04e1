import { journalsOf } from '@continuum/article'
import { createClients } from '@continuum/aws-resources'
import { connectDatabase, runService, serve } from '@continuum/service'
import { createSite } from './app.ts'
import { createArticleStore } from './reading/article-store.ts'
import { createPreviewFiles } from './reading/preview-files.ts'
import { JournalSettings } from '@continuum/settings'

await runService('journal', JournalSettings, async ({ settings, logger, onClose }) => {
  const migrations = new URL('./migrations/', import.meta.url)
  const { DATABASE_URL: url, DATABASE_PASSWORD_SECRET: passwordSecret } = settings
  const sql = await connectDatabase({ url, passwordSecret, schema: 'journal', migrations, logger })
  onClose(() => sql.end({ timeout: 5 }))
  const { s3 } = createClients({ region: settings.AWS_REGION })
  onClose(() => s3.destroy())
  const site = await createSite({
    name: settings.SITE_NAME,
    journals: journalsOf(settings.JOURNALS),
    sql,
    articleStore: createArticleStore({ url: settings.LAX_URL, token: settings.LAX_READ_TOKEN }),
    previewFiles: createPreviewFiles(s3, settings.EXPANDED_BUCKET),
    previewSecret: settings.PREVIEW_SECRET,
    pipeline: { user: settings.SITE_USER, password: settings.SITE_PASSWORD },
    cdnUrl: settings.CDN_URL,
    now: () => Temporal.Now.instant(),
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
  })
  const served = await serve(site, settings)
  onClose(served.close)
  return { url: served.url }
})
