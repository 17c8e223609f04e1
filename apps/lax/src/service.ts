import { defineService } from '@continuum/service'
import { LaxSettings } from '@continuum/settings'

/** The article store, as a service. */
export const lax = defineService('lax', LaxSettings, async (start) => (await import('./start-lax.ts')).startLax(start))
