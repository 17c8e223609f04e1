import { serve, type Start } from '@continuum/service'
import type { ApiSettings } from '@continuum/settings'
import { createApi } from './app.ts'

/** Starts the front of the API. */
export async function startApi({ settings, logger, health, onClose }: Start<ApiSettings>): Promise<{ url: string }> {
  const app = await createApi({
    upstreams: { lax: settings.LAX_URL, metrics: settings.METRICS_URL },
    requestsAMinute: settings.REQUESTS_A_MINUTE,
    logger,
    health,
    trustedProxies: settings.TRUSTED_PROXIES,
  })
  const { url, close } = await serve(app, settings)
  onClose(close)
  return { url }
}
