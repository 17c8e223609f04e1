import { JournalsSetting } from '@continuum/article'
import { EnvironmentSettings } from '@continuum/aws-resources'
import { ProcessSettings } from '@continuum/service'
import type { Duration } from '@continuum/workflow-core'
import { Type, type Static } from 'typebox'
import { PublicationRules } from './worker/implementations/preparation/publication-rules.ts'

export { PublicationRules } from './worker/implementations/preparation/publication-rules.ts'

const address = (description: string) => Type.String({ pattern: '^https?://[^/]+(/.*)?[^/]$', description })

const Health = {
  HEALTH_PORT: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65535,
    description: 'the port of /ping and /status; 0 takes any free one',
  }),
}

/** Tasks under way are finished within it, or given back. */
const Stopping = { STOP_SECONDS: ProcessSettings.STOP_SECONDS }

const decider = {
  HEARTBEAT: Type.Optional(
    Type.Unsafe<Duration>(
      Type.String({
        pattern: '^[1-9]\\d{0,5}[smh]$',
        description: 'the longest silence of a worker before it is taken for dead, such as 10s; a minute where absent',
      }),
    ),
  ),
}

const worker = {
  ...JournalsSetting,
  LAX_URL: address('the article store, without a slash at the end'),
  LAX_TOKEN: Type.String({ minLength: 1, description: 'what the article store wants to see of those who write' }),
  SITE_URL: address('the site that shows the articles, without a slash at the end'),
  SITE_USER: Type.String({ minLength: 1, description: "the site's user name for the pipeline" }),
  SITE_PASSWORD: Type.String({ minLength: 1, description: "the site's password for the pipeline" }),
  CDN_URL: address('where readers get files, as <CDN_URL>/<id>/<file>'),
  PUBLICATION_RULES: Type.Object(PublicationRules.properties, {
    default: { default: false },
    description: 'which articles are published without waiting for a person; none where absent',
  }),
  PUBLICATION_BY_DELIVERY: Type.Boolean({
    default: false,
    description: 'whether a package may say itself that it is published at once (x-amz-meta-publication: automatic)',
  }),
  WORKER_CONCURRENCY: Type.Integer({ default: 8, minimum: 1, maximum: 200, description: 'activities at once' }),
}

/** What each process of the bot needs to know; the keys are environment variables. */
export const DeciderSettings = Type.Object({ ...EnvironmentSettings, ...Health, ...Stopping, ...decider })
export const WorkerSettings = Type.Object({ ...EnvironmentSettings, ...Health, ...Stopping, ...worker })
export const QueueWorkerSettings = Type.Object({ ...EnvironmentSettings, ...Health, ...JournalsSetting })
export const WorkflowStarterSettings = Type.Object({ ...EnvironmentSettings, ...Health, ...JournalsSetting })

/** What all of them together need, beside what every process understands: one object for a supervisor or the infra program to fill. */
export type BotSettings = Static<typeof BotSettings>
export const BotSettings = Type.Object({ ...EnvironmentSettings, ...Health, ...decider, ...worker })
