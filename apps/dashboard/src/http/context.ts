import type { Logger } from '@continuum/service'
import type { Sql } from 'postgres'

/** The settings that the routes use: see `settings.ts`. */
export interface WebSettings {
  DASHBOARD_URL?: string
  SITE_URL: string
  PREVIEW_BASE_URL: string
  PREVIEW_SECRET: string
  SIGN_IN_SECRET: string
  SESSION_SECRET: string
  DASHBOARD_TOKEN: string
  TRUSTED_PROXIES?: string[]
}

/** The dependencies of the routes. */
export interface WebContext {
  sql: Sql
  settings: WebSettings
  logger: Logger
  /** Sends every accepted request that is not sent yet. Never throws: what cannot be sent now is sent later. */
  sendRequests: () => Promise<void>
}
