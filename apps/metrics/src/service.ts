import { defineService } from '@continuum/service'
import { MetricsSettings } from '@continuum/settings'

/** The usage counter, as a service. */
export const metrics = defineService('metrics', MetricsSettings, async (start) =>
  (await import('./start-metrics.ts')).startMetrics(start),
)
