import { defineService } from '@continuum/service'
import { LaxAdaptorSettings } from '@continuum/settings'

/** The adaptor, which takes requests to the article store from a queue, as a service. */
export const laxAdaptor = defineService('lax-adaptor', LaxAdaptorSettings, async (start) =>
  (await import('./start-adaptor.ts')).startAdaptor(start),
)
