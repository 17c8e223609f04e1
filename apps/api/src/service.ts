import { defineService } from '@continuum/service'
import { ApiSettings } from '@continuum/settings'

/** The public front of the API, as a service. */
export const api = defineService('api', ApiSettings, async (start) => (await import('./start-api.ts')).startApi(start))
