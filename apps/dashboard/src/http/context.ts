import type { Journal } from '@continuum/article'
import type { Logger } from '@continuum/service'
import type { DashboardSettings } from '@continuum/settings'
import type { Sql } from 'postgres'
import type { ArticleContents } from '../content/contents.ts'
import type { QueuesClient } from '../queues/queues-client.ts'
import type { Executions } from '../executions/connect-executions.ts'
import type { DepositsClient } from './deposits-client.ts'
import type { Mail } from './mailer.ts'

/** The dependencies of the routes. */
export interface WebContext {
  sql: Sql
  settings: DashboardSettings
  logger: Logger
  /** Sends every accepted request that is not sent yet. Never throws: what cannot be sent now is sent later. */
  sendRequests: () => Promise<void>
  /** The service that knows what went out. */
  deposits: DepositsClient
  /** The queues of the environment. */
  queues: QueuesClient
  /** Gives dead letters back for which that was asked. Never throws: what cannot be done now is done later. */
  redriving: () => Promise<void>
  /** The executions of the environment, in SWF. */
  swf: Executions
  /** Sends a mail under a key of its own; absent where the environment has no mail server. @throws MailNotSentError */
  mail?: ((mail: Mail, key: string) => Promise<void>) | undefined
  /** The contents of runs, and of what is public. */
  contents: ArticleContents
  /** The journals of the environment, the default one first. */
  journals: readonly Journal[]
}
