import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  commandOf,
  serveCommand,
  serviceNameOf,
  shared as sharedSettings,
  sharedProcesses,
  type DatabaseService,
  type Environment,
  type ProcessName,
} from '@continuum/environments'
import { awsKeyOf, awsKeysFile, type DataDirectory, type Secrets } from './data-directory.ts'
import { consumers, healthPorts, servers, worker } from './health-ports.ts'
import { variablesOf, type StartSettings } from './settings.ts'
import { awsVariables } from './aws-variables.ts'
import type { PostgresSpec } from '../supervisor/supervise-postgres.ts'
import type { ProcessSpec } from '../supervisor/supervisor.ts'

const root = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))

/** The processes of the local environment by the order in which they can be started. */
export interface LocalProcesses {
  /** aws-local; none where the user provides another. */
  readonly aws: ProcessSpec[]
  /** The stand-ins of the recipients. Nothing needs them to start. */
  readonly standIns: ProcessSpec
  /** PostgreSQL; undefined where the user provides one. */
  readonly postgres: PostgresSpec | undefined
  /** Need the database alone. Made late: they are told their database users, which are known only once it runs. */
  services(): ProcessSpec[]
  /** Need the database, and the queues, buckets and the SWF domain. */
  bot(): ProcessSpec[]
}

/** The ways in which services can be run. */
export interface Running {
  /** Each in a process of its own, not all but the worker in one. */
  readonly separate: boolean
  /** Under `node --watch`, which starts them again when a file that they loaded changes. */
  readonly watch: boolean
}

export function localProcesses(
  environment: Environment,
  settings: StartSettings,
  data: DataDirectory,
  secrets: Secrets,
  databaseUrl: (service: DatabaseService) => string,
  { separate, watch }: Running,
): LocalProcesses {
  const aws = {
    ...awsVariables(settings, () => awsKeyOf(data)),
    AWS_REGION: environment.region,
    NODE_COMPILE_CACHE: data.compiled,
    // Images are made by threads that come and go: with an arena each, what they free stays with the process.
    MALLOC_ARENA_MAX: '2',
  }
  const spec = (name: string, args: string[], env: Record<string, string>, isReady = readyInLog): ProcessSpec => ({
    name,
    args,
    env: { ...aws, ...env },
    logFile: join(data.logs, `${name}.log`),
    readyLine: isReady,
  })
  const health = healthPorts(settings.HEALTH_PORT, { separate })
  const watched = watch ? ['--watch', '--watch-preserve-output'] : []
  const variables = (process: ProcessName) =>
    variablesOf(process, { environment, settings, secrets, databaseUrl, folder: data.path, health })
  const service = (process: ProcessName) => {
    const [, script = '', ...args] = commandOf(process)
    // Web and consumer in one process: without a part named, the dashboard is both.
    const parts = process === 'dashboard-web' ? [] : args
    return spec(serviceNameOf(process), [...watched, root(script), ...parts], variables(process))
  }
  /** Several services in one process: each is told its own settings by variables that begin with its name. */
  const shared = (processes: readonly ProcessName[]): ProcessSpec => {
    const services = processes.map((process) => ({
      name: serviceNameOf(process),
      logFile: join(data.logs, `${serviceNameOf(process)}.log`),
    }))
    const env = sharedSettings(new Map(processes.map((process) => [process, variables(process)])))
    const [, script = ''] = serveCommand
    return { ...spec('services', [root(script), ...services.map(({ name }) => name)], env), services }
  }
  return {
    aws: settings.AWS_ENDPOINT_URL
      ? []
      : [
          spec(
            'aws-local',
            [
              root('libs/aws-local/src/main.ts'),
              '--port',
              String(settings.AWS_PORT),
              '--data',
              data.aws,
              '--keys',
              join(data.path, awsKeysFile),
              '--stop-with-parent',
            ],
            {},
            readyLine,
          ),
        ],
    standIns: spec(
      'stand-ins',
      [
        root('libs/stand-ins/src/main.ts'),
        '--port',
        String(settings.STANDINS_PORT),
        '--data',
        data.recipients,
        '--answer-after',
        '1',
        '--stop-with-parent',
      ],
      {},
      readyLine,
    ),
    postgres: settings.DATABASE_URL
      ? undefined
      : {
          dataDir: data.postgres,
          port: settings.POSTGRES_PORT,
          logLevel: environment.logLevel,
          logFile: join(data.logs, 'postgres.log'),
        },
    services: () => (separate ? servers.map(service) : []),
    bot: () => (separate ? [...consumers, worker].map(service) : [shared(sharedProcesses), service(worker)]),
  }
}

/** The line by which what is usable on its own says that it answers. */
function readyLine(line: string): { url?: string } | undefined {
  return line.startsWith('ready ') ? { url: line.slice('ready '.length) } : undefined
}

/** The log line by which every service of ours says that it answers. */
function readyInLog(line: string): { url?: string } | undefined {
  if (!line.includes('"event":"ready"')) return undefined
  const url = /"url":"([^"]+)"/.exec(line)?.[1]
  return url === undefined ? {} : { url }
}
