import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import type { Changes } from './live/changes.ts'
import type { DashboardSettings } from '@continuum/settings'

/** What the web side works with. */
export interface Dashboard {
  sql: Sql
  settings: DashboardSettings
  logger: Logger
  changes: Changes
  /** Sends what is accepted and not sent yet; never throws: what cannot be sent now is sent later. */
  sendRequests: () => Promise<void>
}
