import { BotSettings } from '@continuum/bot/settings'
import { Settings as DashboardSettings } from '@continuum/dashboard/settings'
import { JournalSettings } from '@continuum/journal/settings'
import { LaxSettings } from '@continuum/lax/settings'
import { namesOf, type Names } from '@continuum/aws-resources'
import { toEnvironment } from '@continuum/service'
import { Type, type Static } from 'typebox'
import type { Secrets } from './data-folder.ts'
import { localJournals } from './journals.ts'

const Port = (port: number) => Type.Integer({ default: port, minimum: 1, maximum: 65_535 })

/** What may be said about a start by environment variables; everything has a default. */
export const StartSettings = Type.Object({
  AWS_PORT: Port(4566),
  DASHBOARD_PORT: Port(4600),
  JOURNAL_PORT: Port(4601),
  LAX_PORT: Port(4602),
  POSTGRES_PORT: Port(4603),
  AWS_ENDPOINT_URL: Type.Optional(
    Type.String({ pattern: '^https?://', description: 'an SWF, SQS and S3 to use; none is started then' }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', description: 'a PostgreSQL to use; none is started then' }),
  ),
  AWS_REGION: Type.String({ default: 'us-east-1' }),
  AWS_ACCESS_KEY_ID: Type.String({ default: 'local' }),
  AWS_SECRET_ACCESS_KEY: Type.String({ default: 'local' }),
  LOG_LEVEL: Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')], {
    default: 'info',
  }),
})
export type StartSettings = Static<typeof StartSettings>

/** Where everything of the local environment is reached. */
export interface Addresses {
  readonly aws: string
  readonly dashboard: string
  readonly journal: string
  readonly lax: string
}

const here = '127.0.0.1'

export function addressesOf(settings: StartSettings): Addresses {
  return {
    aws: settings.AWS_ENDPOINT_URL ?? `http://${here}:${settings.AWS_PORT}`,
    dashboard: `http://${here}:${settings.DASHBOARD_PORT}`,
    journal: `http://${here}:${settings.JOURNAL_PORT}`,
    lax: `http://${here}:${settings.LAX_PORT}`,
  }
}

/** The environment `local`: what its buckets and queues are called. */
export const localEnvironment = { ENVIRONMENT: 'local', PREFIX: 'local-', ORGANISATION: 'continuum' }

export const localNames: Names = namesOf({
  prefix: localEnvironment.PREFIX,
  organisation: localEnvironment.ORGANISATION,
})

/** The environment variables of each service, from its own settings type: one that a service needs and this forgets does not compile. */
export function serviceEnvironments(settings: StartSettings, secrets: Secrets, databaseUrl: () => string) {
  const addresses = addressesOf(settings)
  const names = { ...localEnvironment, AWS_REGION: settings.AWS_REGION }
  const shell = { LOG_LEVEL: settings.LOG_LEVEL, STOP_WITH_PARENT: true, STOP_SECONDS: 3 }
  const cdn = `${addresses.aws}/${localNames.buckets.cdn}`
  const site = { SITE_USER: 'bot', SITE_PASSWORD: secrets.sitePassword }
  return {
    lax: () => ({
      ...toEnvironment(LaxSettings, {
        HOST: here,
        PORT: settings.LAX_PORT,
        DATABASE_URL: databaseUrl(),
        LAX_TOKEN: secrets.laxToken,
        JOURNALS: localJournals,
      }),
      ...shellEnvironment(shell),
    }),
    journal: () => ({
      ...toEnvironment(JournalSettings, {
        HOST: here,
        PORT: settings.JOURNAL_PORT,
        DATABASE_URL: databaseUrl(),
        ...site,
        LAX_URL: addresses.lax,
        LAX_TOKEN: secrets.laxToken,
        PREVIEW_SECRET: secrets.previewSecret,
        CDN_URL: cdn,
        EXPANDED_BUCKET: localNames.buckets.expanded,
        AWS_REGION: settings.AWS_REGION,
        JOURNALS: localJournals,
        SITE_NAME: 'Continuum',
      }),
      ...shellEnvironment(shell),
    }),
    dashboard: () => ({
      ...toEnvironment(DashboardSettings, {
        HOST: here,
        PORT: settings.DASHBOARD_PORT,
        DATABASE_URL: databaseUrl(),
        ...shell,
        ...names,
        SITE_URL: addresses.journal,
        PREVIEW_BASE_URL: `${addresses.journal}/`,
        PREVIEW_SECRET: secrets.previewSecret,
        SIGN_IN_SECRET: secrets.signInSecret,
        SESSION_SECRET: secrets.sessionSecret,
        DASHBOARD_TOKEN: secrets.dashboardToken,
        EVENT_CONSUMERS: 5,
      }),
    }),
    bot: () => ({
      ...toEnvironment(BotSettings, {
        ...names,
        ...site,
        JOURNALS: localJournals,
        LAX_URL: addresses.lax,
        LAX_TOKEN: secrets.laxToken,
        SITE_URL: addresses.journal,
        CDN_URL: cdn,
        PUBLICATION_RULES: { default: false },
        PUBLICATION_BY_DELIVERY: true,
        HEARTBEAT: '10s',
        WORKER_CONCURRENCY: 8,
        HEALTH_PORT: 0,
      }),
      ...shellEnvironment(shell),
    }),
  }
}

const shellEnvironment = (shell: Record<string, string | number | boolean>) =>
  Object.fromEntries(Object.entries(shell).map(([name, value]) => [name, String(value)]))
