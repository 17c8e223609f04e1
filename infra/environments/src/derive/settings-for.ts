import { DeciderSettings, QueueWorkerSettings, WorkerSettings, WorkflowStarterSettings } from '@continuum/settings'
import { DashboardSettings } from '@continuum/settings'
import { JournalSettings } from '@continuum/settings'
import { LaxSettings } from '@continuum/settings'
import { namesOf } from '@continuum/aws-resources'
import { ProcessSettings, toEnvironment } from '@continuum/service'
import { Type, type Static } from 'typebox'
import type { Environment, ProcessName } from '../model/environment.ts'
import type { Addressed } from '../model/hosts.ts'
import { portOf, serves } from './processes.ts'
import { secretOfVariable, type SecretName } from './secrets.ts'

/** What is known only once an environment is made, and its processes must be told. */
export interface Ground {
  /** Where each is reached, as `https://host`, without a slash at the end. */
  readonly addresses: Readonly<Record<Addressed, string>>
  readonly database?: {
    /** `postgres://user@host:5432/continuum`, without its password where `passwordSecret` says where that is. */
    readonly url: string
    /** The ARN of the Secrets Manager secret that holds `{ "username", "password" }`, as RDS keeps and rotates it. */
    readonly passwordSecret?: string
  }
  /** From where the load balancer speaks to the processes, as 10.0.192.0/20; absent where there is none. */
  readonly proxies?: readonly string[]
  /** One machine that all share. Absent: each process has a container of its own. */
  readonly machine?: { readonly host: string; readonly ports: Readonly<Partial<Record<ProcessName, number>>> }
}

/** What a process is started with: variables, and of those that are secret the names of their secrets. */
export interface ProcessVariables {
  readonly variables: Record<string, string>
  readonly secrets: Record<string, SecretName>
}

const schemas = {
  decider: DeciderSettings,
  worker: WorkerSettings,
  'queue-worker': QueueWorkerSettings,
  'workflow-starter': WorkflowStarterSettings,
  'dashboard-web': DashboardSettings,
  'dashboard-consumer': DashboardSettings,
  lax: LaxSettings,
  journal: JournalSettings,
} as const
const Process = Type.Object(ProcessSettings)

/** Every setting of every process; where two use one name they must mean the same, or this is `never`. */
type Settings = Static<typeof Process> &
  Static<typeof DeciderSettings> &
  Static<typeof WorkerSettings> &
  Static<typeof QueueWorkerSettings> &
  Static<typeof WorkflowStarterSettings> &
  Static<typeof DashboardSettings> &
  Static<typeof LaxSettings> &
  Static<typeof JournalSettings>

/** All of them must be said, those that a service could do without included (as undefined); only secrets are not. */
type Said = {
  [Name in Exclude<keyof Required<Settings>, keyof typeof secretOfVariable>]: undefined extends Settings[Name]
    ? Settings[Name] | undefined
    : Settings[Name]
}

/** Thrown where a process that keeps records has no database. Never retried: the environment must ask for one, or bring its own. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase'
}

/**
 * All that a process of an environment is started with, from the settings schema of its service.
 *
 * @throws NoDatabase where the process keeps records and `ground` names no database
 */
export function settingsFor(process: ProcessName, environment: Environment, ground: Ground): ProcessVariables {
  const properties = { ...schemas[process].properties, ...ProcessSettings }
  if ('DATABASE_URL' in properties && !ground.database)
    throw new NoDatabase(
      `${process} of ${environment.name} keeps records, but there is no database: ask for one in ${environment.name}.ts (database: ...)`,
    )
  return {
    variables: {
      ...toEnvironment(Type.Object(properties), said(process, environment, ground)),
      // The SDK says it with each call, so that AWS's trails name the process.
      AWS_SDK_UA_APP_ID: `continuum-${process}`,
    },
    secrets: Object.fromEntries(Object.entries(secretOfVariable).filter(([variable]) => variable in properties)),
  }
}

function said(process: ProcessName, environment: Environment, ground: Ground): Said {
  const { addresses, database, machine } = ground
  return {
    ENVIRONMENT: environment.name,
    PREFIX: environment.prefix,
    ORGANISATION: environment.organisation,
    AWS_REGION: environment.region,
    LOG_LEVEL: environment.logLevel,
    STOP_SECONDS: environment.stopSeconds,
    STOP_WITH_PARENT: machine !== undefined,
    HOST: machine?.host ?? (serves(process) ? '0.0.0.0' : '127.0.0.1'),
    PORT: machine?.ports[process] ?? portOf(process),
    TRUSTED_PROXIES: ground.proxies && serves(process) ? [...ground.proxies] : undefined,
    HEALTH_PORT: machine ? 0 : portOf(process),
    HEARTBEAT: environment.heartbeat,
    DATABASE_URL: database?.url ?? '',
    DATABASE_PASSWORD_SECRET: database?.passwordSecret,
    JOURNALS: environment.journals,
    SITE_NAME: environment.siteName,
    SITE_USER: 'bot',
    LAX_URL: addresses.lax,
    SITE_URL: addresses.journal,
    PREVIEW_BASE_URL: `${addresses.journal}/`,
    DASHBOARD_URL: addresses.dashboard,
    CDN_URL: addresses.cdn,
    EXPANDED_BUCKET: namesOf(environment).buckets.expanded,
    PUBLICATION_RULES: environment.publication.rules,
    PUBLICATION_BY_DELIVERY: environment.publication.byDelivery,
    WORKER_CONCURRENCY: environment.workerConcurrency,
    EVENT_CONSUMERS: environment.eventConsumers,
  }
}
