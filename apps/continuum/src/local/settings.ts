import { namesOf } from '@continuum/aws-resources'
import {
  databaseServiceOf,
  loadEnvironment,
  reachOf,
  settingsFor,
  type DatabaseService,
  type Environment,
  type ProcessContext,
  type ProcessName,
  type RecipientSettings,
} from '@continuum/environments'
import { Type, type Static } from 'typebox'
import type { Secrets } from './data-directory.ts'
import { healthPorts, type LocalProcess } from './health-ports.ts'
import { versionOfCheckout } from './version.ts'

const Port = (port: number) => Type.Integer({ default: port, minimum: 1, maximum: 65_535 })

/** The environment variables of `npm start`; each has a default. */
export const StartSettings = Type.Object({
  AWS_PORT: Port(4566),
  DASHBOARD_PORT: Port(4600),
  JOURNAL_PORT: Port(4601),
  LAX_PORT: Port(4602),
  POSTGRES_PORT: Port(4603),
  API_PORT: Port(4604),
  METRICS_PORT: Port(4605),
  DEPOSITS_PORT: Port(4606),
  STANDINS_PORT: Port(4610),
  HEALTH_PORT: Port(4620),
  DEPOSITS_WITH_SCHEDULED: Type.Boolean({
    default: false,
    description: 'deposits that have an hour are due at once: --with-scheduled',
  }),
  AWS_ENDPOINT_URL: Type.Optional(
    Type.String({ pattern: '^https?://', description: 'an SWF, SQS and S3 to use; none is started then' }),
  ),
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: '^postgres(ql)?://', description: 'a PostgreSQL to use; none is started then' }),
  ),
  AWS_REGION: Type.Optional(Type.String({ minLength: 1 })),
  AWS_ACCESS_KEY_ID: Type.String({
    default: 'local',
    description: 'for AWS_ENDPOINT_URL; aws-local has a key of its own',
  }),
  AWS_SECRET_ACCESS_KEY: Type.String({ default: 'local' }),
  LOG_LEVEL: Type.Optional(
    Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')]),
  ),
})
export type StartSettings = Static<typeof StartSettings>

/** The addresses of the local environment's services. */
export interface Addresses {
  readonly aws: string
  readonly dashboard: string
  readonly journal: string
  readonly lax: string
  readonly api: string
  readonly metrics: string
  readonly deposits: string
  /** The stand-ins of the recipients: what arrived there, their faults, the mailbox. */
  readonly recipients: string
}

const here = '127.0.0.1'

export function addressesOf(settings: StartSettings): Addresses {
  return {
    aws: settings.AWS_ENDPOINT_URL ?? `http://${here}:${settings.AWS_PORT}`,
    dashboard: `http://${here}:${settings.DASHBOARD_PORT}`,
    journal: `http://${here}:${settings.JOURNAL_PORT}`,
    lax: `http://${here}:${settings.LAX_PORT}`,
    api: `http://${here}:${settings.API_PORT}`,
    metrics: `http://${here}:${settings.METRICS_PORT}`,
    deposits: `http://${here}:${settings.DEPOSITS_PORT}`,
    recipients: `http://${here}:${settings.STANDINS_PORT}`,
  }
}

/** The environment `local` (infra/environments/local.ts), as far as this start's variables do not say otherwise. */
export async function localEnvironment(settings: StartSettings): Promise<Environment> {
  const environment = await loadEnvironment('local')
  const { AWS_REGION: region, LOG_LEVEL: logLevel } = settings
  const moved = settings.STANDINS_PORT - defaultStandInsPort
  const { recipients, staff, live } = environment.deposits
  const deposits = {
    live,
    recipients: recipients.map((recipient) => moveRecipient(recipient, moved)),
    ...(staff && { staff: { ...staff, smtp: moveServer(staff.smtp, moved) } }),
  }
  const { signIn, mail } = environment
  return {
    ...environment,
    deposits,
    ...(signIn && { signIn: { ...signIn, issuer: moveAddress(signIn.issuer, moved) } }),
    ...(mail && { mail: { ...mail, smtp: moveServer(mail.smtp, moved) } }),
    ...(region && { region }),
    ...(logLevel && { logLevel }),
  }
}

const defaultStandInsPort = 4610

/** Moves a recipient's address on this machine by some ports. */
function moveRecipient(recipient: RecipientSettings, by: number): RecipientSettings {
  if (reachOf(recipient, false) !== 'stand-in') return recipient
  if (recipient.kind === 'pubmed' && recipient.answers !== undefined)
    return {
      ...recipient,
      server: moveServer(recipient.server, by),
      answers: moveAddress(recipient.answers, by),
    }
  if ('server' in recipient) return { ...recipient, server: moveServer(recipient.server, by) }
  if ('smtp' in recipient) return { ...recipient, smtp: moveServer(recipient.smtp, by) }
  return { ...recipient, url: moveAddress(recipient.url, by) }
}

function moveAddress(address: string, by: number): string {
  const url = new URL(address)
  url.port = String(Number(url.port) + by)
  return url.href
}

function moveServer<Server extends { port?: number }>(server: Server, by: number): Server {
  return server.port === undefined ? server : { ...server, port: server.port + by }
}

/**
 * The environment variables of a process here: those that it would have in AWS, with this machine's addresses, and the secrets
 * themselves in place of their names.
 */
export function variablesOf(
  process: ProcessName,
  given: {
    environment: Environment
    settings: StartSettings
    secrets: Secrets
    /** The address of the database for a service's user. */
    databaseUrl: (service: DatabaseService) => string
    folder?: string
    /** The processes, and the health port of each. */
    health?: readonly LocalProcess[]
  },
): Record<string, string> {
  const service = databaseServiceOf(process)
  const databaseUrl = service && given.databaseUrl(service)
  const infrastructure = localInfrastructure(given.environment, given.settings, {
    databaseUrl,
    folder: given.folder,
    health: given.health,
  })
  const { variables, secrets } = settingsFor(process, given.environment, infrastructure)
  const values = Object.entries(secrets).map(([variable, name]) => [variable, given.secrets[name]] as const)
  return { ...variables, ...Object.fromEntries(values) }
}

/** The addresses that local processes use. The database's is known only once it runs. */
export function localInfrastructure(
  environment: Environment,
  settings: StartSettings,
  running: {
    databaseUrl?: string | undefined
    folder?: string | undefined
    health?: readonly LocalProcess[] | undefined
  } = {},
): ProcessContext {
  const { databaseUrl, folder, health = healthPorts(settings.HEALTH_PORT, { separate: false }) } = running
  const { aws, recipients: _, ...addresses } = addressesOf(settings)
  return {
    addresses: { ...addresses, cdn: `${aws}/${namesOf(environment).buckets.cdn}` },
    database: { url: databaseUrl ?? '(known once it runs)' },
    version: versionOfCheckout(),
    machine: {
      host: here,
      health,
      ports: {
        'dashboard-web': settings.DASHBOARD_PORT,
        journal: settings.JOURNAL_PORT,
        lax: settings.LAX_PORT,
        api: settings.API_PORT,
        metrics: settings.METRICS_PORT,
        deposits: settings.DEPOSITS_PORT,
      },
      withScheduled: settings.DEPOSITS_WITH_SCHEDULED,
      ...(folder !== undefined && { folder }),
    },
  }
}
