import { DeciderSettings, QueueWorkerSettings, WorkerSettings, WorkflowStarterSettings } from '@continuum/settings'
import { DashboardSettings, DepositsSettings } from '@continuum/settings'
import { JournalSettings } from '@continuum/settings'
import { ApiSettings, LaxAdaptorSettings, LaxSettings, MetricsSettings } from '@continuum/settings'
import { namesOf } from '@continuum/aws-resources'
import { ProcessSettings, toEnvironment } from '@continuum/service'
import { Type, type Static } from 'typebox'
import type { Environment, ProcessName } from '../model/environment.ts'
import type { Reached } from '../model/hosts.ts'
import { healthAddresses } from './private-addresses.ts'
import { healthPortOf, portOf, serves } from './processes.ts'
import { secondOfVariable, secretOfVariable, type RotatedSecret, type SecretName } from './secrets.ts'

/** The values that are known only once an environment exists. */
export interface ProcessContext {
  /** The address of each service, as `https://host`, without a trailing slash. */
  readonly addresses: Readonly<Record<Reached, string>>
  readonly database?: {
    /** The database as the user of the process's service: `postgres://user@host:5432/continuum`, without the password if `passwordSecret` is given. */
    readonly url: string
    /** The ARN of the Secrets Manager secret that holds `{ "username", "password" }` of that user. */
    readonly passwordSecret?: string
  }
  /** The CIDR blocks of the load balancer, such as 10.0.192.0/20; absent where there is none. */
  readonly proxies?: readonly string[]
  /** The version of the build that runs: the tag of its image in AWS. */
  readonly version?: string | undefined
  /** The machine that all processes share. Absent: each has a container of its own. */
  readonly machine?: {
    readonly host: string
    readonly ports: Readonly<Partial<Record<ProcessName, number>>>
    /** The health port of each process that the dashboard looks at; others take any free one. */
    readonly health?: readonly { readonly name: string; readonly process: ProcessName; readonly port: number }[]
    /** Deposits that have an hour are due at once. */
    readonly withScheduled?: boolean
    /** The folder of all data. */
    readonly folder?: string
  }
}

/** The environment variables of a process, and the names of the secrets of its secret variables. */
export interface ProcessVariables {
  readonly variables: Record<string, string>
  readonly secrets: Record<string, SecretName>
  /** The variables of second values that are accepted while a secret is rotated. */
  readonly seconds: Record<string, RotatedSecret>
}

const schemas = {
  decider: DeciderSettings,
  worker: WorkerSettings,
  'queue-worker': QueueWorkerSettings,
  'workflow-starter': WorkflowStarterSettings,
  'dashboard-web': DashboardSettings,
  'dashboard-consumer': DashboardSettings,
  lax: LaxSettings,
  'lax-adaptor': LaxAdaptorSettings,
  journal: JournalSettings,
  metrics: MetricsSettings,
  api: ApiSettings,
  deposits: DepositsSettings,
} as const
const Process = Type.Object(ProcessSettings)

/** Every setting of every process. Two that share a name must have the same type, or this is `never`. */
type Settings = Static<typeof Process> &
  Static<typeof DeciderSettings> &
  Static<typeof WorkerSettings> &
  Static<typeof QueueWorkerSettings> &
  Static<typeof WorkflowStarterSettings> &
  Static<typeof DashboardSettings> &
  Static<typeof LaxSettings> &
  Static<typeof LaxAdaptorSettings> &
  Static<typeof JournalSettings> &
  Static<typeof MetricsSettings> &
  Static<typeof ApiSettings> &
  Static<typeof DepositsSettings>

/** The values of all settings except secrets. Optional ones must be given too, as undefined. */
type Values = {
  [
    Name in Exclude<keyof Required<Settings>, keyof typeof secretOfVariable | keyof typeof secondOfVariable>
  ]: undefined extends Settings[Name] ? Settings[Name] | undefined : Settings[Name]
}

/** The variable that the SDK sends with each call, so that CloudTrail shows the process. */
export const applicationId = 'AWS_SDK_UA_APP_ID'

/** Thrown when a process that needs a database has none. Never retried: the environment must name one. */
export class MissingDatabaseError extends Error {
  override readonly name = 'MissingDatabaseError'
}

/**
 * Derives the settings of a process from its environment, by the settings schema of its service.
 *
 * @throws MissingDatabaseError if the process needs a database and `context` has none
 */
export function settingsFor(process: ProcessName, environment: Environment, context: ProcessContext): ProcessVariables {
  const properties = { ...schemas[process].properties, ...ProcessSettings }
  if ('DATABASE_URL' in properties && !context.database)
    throw new MissingDatabaseError(
      `${process} of ${environment.name} needs a database: add one to ${environment.name}.ts (database: ...)`,
    )
  return {
    variables: {
      ...toEnvironment(Type.Object(properties), valuesOf(process, environment, context)),
      [applicationId]: `continuum-${process}`,
    },
    secrets: Object.fromEntries(Object.entries(secretOfVariable).filter(([variable]) => variable in properties)),
    seconds: Object.fromEntries(Object.entries(secondOfVariable).filter(([variable]) => variable in properties)),
  }
}

/** The names of all variables that a process may have, its secret ones included. */
export function variableNamesOf(process: ProcessName): readonly string[] {
  return [...Object.keys({ ...schemas[process].properties, ...ProcessSettings }), applicationId]
}

function valuesOf(process: ProcessName, environment: Environment, context: ProcessContext): Values {
  const { addresses, database, machine } = context
  return {
    ENVIRONMENT: environment.name,
    PREFIX: environment.prefix,
    ORGANISATION: environment.organisation,
    BUCKET_SUFFIX: environment.bucketSuffix === '' ? undefined : environment.bucketSuffix,
    AWS_REGION: environment.region,
    LOG_LEVEL: environment.logLevel,
    STOP_SECONDS: environment.stopSeconds,
    STOP_WITH_PARENT: machine !== undefined,
    HOST: machine?.host ?? (serves(process) ? '0.0.0.0' : '127.0.0.1'),
    PORT: machine?.ports[process] ?? portOf(process),
    BEHIND_CDN: context.proxies !== undefined && environment.cdn?.journal === true,
    COUNTS_USAGE: environment.usageSource === 'journal',
    TRUSTED_PROXIES: context.proxies && serves(process) ? [...context.proxies] : undefined,
    HEALTH_HOST: machine?.host ?? (environment.shape === 'small' ? '127.0.0.1' : '0.0.0.0'),
    HEALTH_PORT: machine
      ? (machine.health?.find((each) => each.process === process)?.port ?? 0)
      : healthPortOf(process, environment),
    PROCESSES: machine
      ? (machine.health ?? []).map(({ name, port }) => ({ name, address: `http://${machine.host}:${port}` }))
      : healthAddresses(environment),
    CONTINUUM_VERSION: context.version,
    HEARTBEAT: environment.heartbeat,
    DATABASE_URL: database?.url ?? '',
    DATABASE_PASSWORD_SECRET: database?.passwordSecret,
    JOURNALS: environment.journals,
    SITE_NAME: environment.siteName,
    SITE_CONTENT: environment.siteContent,
    SITE_USER: 'bot',
    LAX_URL: addresses.lax,
    METRICS_URL: addresses.metrics,
    API_URL: addresses.api,
    CITATION_SOURCES: environment.citationSources,
    REQUESTS_A_MINUTE: 600,
    SITE_URL: addresses.journal,
    PREVIEW_BASE_URL: `${addresses.journal}/`,
    DASHBOARD_URL: addresses.dashboard,
    OPENID: environment.signIn,
    MAIL: environment.mail,
    CDN_URL: addresses.cdn,
    DEPOSITS_URL: addresses.deposits,
    RECIPIENTS: environment.deposits.recipients,
    DEPOSITS_LIVE: environment.deposits.live,
    DEPOSITS_STAFF: environment.deposits.staff,
    DEPOSITS_WITH_SCHEDULED: machine?.withScheduled ?? false,
    DEPOSITS_CONCURRENCY: 16,
    EXPANDED_BUCKET: namesOf(environment).buckets.expanded,
    CDN_BUCKET: namesOf(environment).buckets.cdn,
    PUBLICATION_RULES: environment.publication.rules,
    PUBLICATION_BY_DELIVERY: environment.publication.byDelivery,
    WORKER_CONCURRENCY: environment.workerConcurrency,
    EVENT_CONSUMERS: environment.eventConsumers,
    EVENT_BATCH: undefined,
    WATCHED_FOLDER: machine?.folder,
    // The adaptor is another process that changes the store, as is a rebuild.
    LISTEN_FOR_CHANGES: true,
    // The processes of an environment have no folder in common.
    FILES_ROOT: undefined,
  }
}
