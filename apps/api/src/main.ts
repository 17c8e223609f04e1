import { runService, serve } from '@continuum/service'
import { ApiSettings } from '@continuum/settings'
import { createApi } from './app.ts'

await runService('api', ApiSettings, async ({ settings, logger, onClose }) => {
  const app = await createApi({
    upstreams: { lax: settings.LAX_URL, metrics: settings.METRICS_URL },
    requestsAMinute: settings.REQUESTS_A_MINUTE,
    logger,
    trustedProxies: settings.TRUSTED_PROXIES,
  })
  const { url, close } = await serve(app, settings)
  onClose(close)
  return { url }
})
