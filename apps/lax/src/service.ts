import { defineService } from '@continuum/service'
import { LaxSettings } from '@continuum/settings'

export { laxAdaptor } from './adaptor/service.ts'

/** The article store, as a service. */
export const lax = defineService('lax', LaxSettings, async (start) => (await import('./start-lax.ts')).startLax(start))
