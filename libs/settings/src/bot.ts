import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { DatabaseSettings, ProcessSettings } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { DepositsClientSettings } from './deposits.ts'
import { address, Heartbeat } from './common.ts'

const Patterns = Type.Record(Type.String(), Type.Array(Type.String({ format: 'regex' })))

/**
 * The rules by which articles are published without waiting for a person.
 *
 * `default` decides; `override.publish` applies only where it says hold, `override.hold` only where it says publish.
 * Each maps fields of the EIF to regular expressions that are searched for in the article's value.
 * @example { default: false, override: { publish: { doi: ['eLife\\.00288$'] }, hold: { 'article-type': ['^correction$'] } } }
 */
export type PublicationRules = Static<typeof PublicationRules>
export const PublicationRules = Type.Object({
  default: Type.Boolean(),
  override: Type.Optional(Type.Object({ publish: Type.Optional(Patterns), hold: Type.Optional(Patterns) })),
})

/** Tasks in progress are finished within it, or given back. */
const Stopping = { STOP_SECONDS: ProcessSettings.STOP_SECONDS }

const worker = {
  ...DepositsClientSettings,
  ...JournalsSetting,
  LAX_URL: address('base URL of the article store, without a trailing slash'),
  LAX_TOKEN: Type.String({ minLength: 1, description: 'the bearer token for writing to the article store' }),
  SITE_URL: address('base URL of the site that shows the articles, without a trailing slash'),
  SITE_USER: Type.String({ minLength: 1, description: "the site's user name for the pipeline" }),
  SITE_PASSWORD: Type.String({ minLength: 1, description: "the site's password for the pipeline" }),
  CDN_URL: address('base URL of the files for readers, as in <CDN_URL>/<id>/<file>'),
  PUBLICATION_RULES: Type.Object(PublicationRules.properties, {
    default: { default: false },
    description: 'rules by which articles are published without waiting for a person; none by default',
  }),
  PUBLICATION_BY_DELIVERY: Type.Boolean({
    default: false,
    description: 'lets a package request its own publication (x-amz-meta-publication: automatic)',
  }),
  WORKER_CONCURRENCY: Type.Integer({
    default: 8,
    minimum: 1,
    maximum: 200,
    description: 'maximum number of activities at a time',
  }),
}

/** The settings of each process of the bot; the keys are environment variables. */
export const DeciderSettings = Type.Object({ ...EnvironmentSettings, ...Stopping, ...Heartbeat })
export const WorkerSettings = Type.Object({ ...EnvironmentSettings, ...Stopping, ...worker })
export const QueueWorkerSettings = Type.Object({ ...EnvironmentSettings, ...JournalsSetting })
export const WorkflowStarterSettings = Type.Object({
  ...EnvironmentSettings,
  ...JournalsSetting,
  ...DatabaseSettings,
})

/** The settings of all four together, beside those that every process has: one object for a supervisor or the infra program to fill. */
export type BotSettings = Static<typeof BotSettings>
export const BotSettings = Type.Object({ ...EnvironmentSettings, ...Heartbeat, ...worker })
