import { defineService } from '@continuum/service'
import { DepositsSettings } from '@continuum/settings'

/** The deposits, as a service. */
export const deposits = defineService('deposits', DepositsSettings, async (start) =>
  (await import('./start-deposits.ts')).startDeposits(start),
)
