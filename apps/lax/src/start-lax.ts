import { journalsOf } from '@continuum/article'
import { createClients, namesFor } from '@continuum/aws-resources'
import { bothSecrets, connectDatabase, serve, type Start } from '@continuum/service'
import type { LaxSettings } from '@continuum/settings'
import { createLax } from './app.ts'
import { sendToQueue } from './notifications/message.ts'
import { startSender } from './notifications/sender.ts'

/** Starts the article store: answers over HTTP, and sends the notifications of what changes. */
export async function startLax({
  settings,
  logger,
  health,
  onClose,
}: Omit<Start<LaxSettings>, 'signal'>): Promise<{ url: string }> {
  const { DATABASE_URL: url, LAX_TOKEN, LAX_READ_TOKEN } = settings
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
    token: bothSecrets(LAX_TOKEN, settings.LAX_TOKEN_SECOND),
    readToken: LAX_READ_TOKEN === undefined ? undefined : bothSecrets(LAX_READ_TOKEN, settings.LAX_READ_TOKEN_SECOND),
    now: () => Temporal.Now.instant(),
    logger,
    health,
    trustedProxies: settings.TRUSTED_PROXIES,
    alone: !settings.LISTEN_FOR_CHANGES,
  })
  const { sqs } = createClients({ region: settings.AWS_REGION })
  const { queues } = namesFor(settings)
  const sender = await startSender({ sql, send: sendToQueue(sqs, queues.articleChanges), logger })
  onClose(sender.close)
  const { url: address, close } = await serve(app, settings)
  onClose(close)
  return { url: address }
}
