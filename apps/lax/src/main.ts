import { journalsOf } from '@continuum/article'
import { createClients, namesOf } from '@continuum/aws-resources'
import { connectDatabase, runService, serve } from '@continuum/service'
import { createLax } from './app.ts'
import { sendToQueue } from './notifications/message.ts'
import { startSender } from './notifications/sender.ts'
import { LaxSettings } from '@continuum/settings'

await runService('lax', LaxSettings, async ({ settings, logger, onClose }) => {
  const { DATABASE_URL: url, LAX_TOKEN: token, LAX_READ_TOKEN: readToken } = settings
  const sql = await connectDatabase({
    url,
    passwordSecret: settings.DATABASE_PASSWORD_SECRET,
    schema: 'lax',
    migrations: new URL('./migrations/', import.meta.url),
    logger,
  })
  onClose(() => sql.end({ timeout: 5 }))
  const app = await createLax({
    sql,
    journals: journalsOf(settings.JOURNALS),
    token,
    readToken,
    now: () => Temporal.Now.instant(),
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
  })
  const { sqs } = createClients({ region: settings.AWS_REGION })
  const { queues } = namesOf({ prefix: settings.PREFIX, organisation: settings.ORGANISATION })
  const sender = await startSender({ sql, send: sendToQueue(sqs, queues.articleChanges), logger })
  onClose(sender.close)
  const { url: address, close } = await serve(app, settings)
  onClose(close)
  return { url: address }
})
