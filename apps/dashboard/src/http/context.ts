import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'
import type { Settings } from '../settings.ts'

/** The dependencies of the routes. */
export interface WebContext {
  sql: Sql
  settings: Settings
  logger: Logger
  /** Sends every accepted request that is not sent yet. Never throws: what cannot be sent now is sent later. */
  sendRequests: () => Promise<void>
}
