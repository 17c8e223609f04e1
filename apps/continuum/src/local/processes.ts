import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandOf, type DatabaseService, type Environment, type ProcessName } from '@continuum/environments'
import { awsKeyOf, awsKeysFile, type DataDirectory, type Secrets } from './data-directory.ts'
import { variablesOf, type StartSettings } from './settings.ts'
import { awsVariables } from './aws-variables.ts'
import type { ProcessSpec } from '../supervisor/supervisor.ts'

const root = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))

/** The processes of the local environment by the order in which they can be started. */
export interface LocalProcesses {
  /** aws-local and PostgreSQL, unless the user provides them, and the stand-ins of the recipients. */
  readonly infrastructure: ProcessSpec[]
  /** Need the infrastructure. Made late: they are told their database users, which are known only once it runs. */
  services(): ProcessSpec[]
  /** Need the queues, buckets and the SWF domain. */
  bot(): ProcessSpec[]
}

/** @param watch runs services and bot under `node --watch`, which starts them again when a file that they loaded changes */
export function localProcesses(
  environment: Environment,
  settings: StartSettings,
  data: DataDirectory,
  secrets: Secrets,
  databaseUrl: (service: DatabaseService) => string,
  watch: boolean,
): LocalProcesses {
  const aws = {
    ...awsVariables(settings, () => awsKeyOf(data)),
    AWS_REGION: environment.region,
    NODE_COMPILE_CACHE: data.compiled,
  }
  const spec = (name: string, args: string[], env: Record<string, string>, isReady = readyInLog): ProcessSpec => ({
    name,
    args,
    env: { ...aws, ...env },
    logFile: join(data.logs, `${name}.log`),
    readyLine: isReady,
  })
  const watched = watch ? ['--watch', '--watch-preserve-output'] : []
  const service = (process: ProcessName) => {
    const [, script = '', ...args] = commandOf(process)
    const variables = variablesOf(process, {
      environment,
      settings,
      secrets,
      databaseUrl,
      folder: data.path,
    })
    return spec(process, [...watched, root(script), ...args], variables)
  }
  return {
    infrastructure: [
      ...(settings.AWS_ENDPOINT_URL
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
          ]),
      spec(
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
      ...(settings.DATABASE_URL
        ? []
        : [
            spec('postgres', [root('apps/continuum/src/local/postgres-process.ts')], {
              POSTGRES_DATA: data.postgres,
              POSTGRES_PORT: String(settings.POSTGRES_PORT),
              LOG_LEVEL: environment.logLevel,
              STOP_WITH_PARENT: 'true',
            }),
          ]),
    ],
    services: () => [
      service('lax'),
      service('journal'),
      service('api'),
      // Web and consumer in one process: without a part named, the dashboard is both.
      {
        ...service('dashboard-web'),
        name: 'dashboard',
        args: [...watched, root('apps/dashboard/src/main.ts')],
        logFile: join(data.logs, 'dashboard.log'),
      },
    ],
    bot: () =>
      (['decider', 'worker', 'queue-worker', 'workflow-starter', 'lax-adaptor', 'metrics', 'deposits'] as const).map(
        service,
      ),
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
