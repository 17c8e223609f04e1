import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataFolder, Secrets } from './data-folder.ts'
import { addressesOf, serviceEnvironments, type StartSettings } from './local-environment.ts'
import type { ProcessSpec } from './supervisor.ts'

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

/** The processes of the local environment by the order in which they can be started. */
export interface LocalProcesses {
  /** What the others stand on; empty where the user brings an own SWF, SQS, S3 and PostgreSQL. */
  readonly ground: ProcessSpec[]
  /** Need the ground. Made late: they are told the database's address, which is known only once it runs. */
  services(): ProcessSpec[]
  /** Need the queues, buckets and the SWF domain. */
  bot(): ProcessSpec[]
}

export function localProcesses(
  settings: StartSettings,
  data: DataFolder,
  secrets: Secrets,
  databaseUrl: () => string,
): LocalProcesses {
  const environments = serviceEnvironments(settings, secrets, databaseUrl)
  const aws = {
    AWS_ENDPOINT_URL: addressesOf(settings).aws,
    AWS_REGION: settings.AWS_REGION,
    AWS_ACCESS_KEY_ID: settings.AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: settings.AWS_SECRET_ACCESS_KEY,
    NODE_COMPILE_CACHE: data.compiled,
  }
  const spec = (name: string, args: string[], env: Record<string, string>, readyLine = readyInLog): ProcessSpec => ({
    name,
    args,
    env: { ...aws, ...env },
    logFile: join(data.logs, `${name}.log`),
    readyLine,
  })
  const bot = (role: string) => spec(role, [root('apps/bot/src/main.ts'), role], environments.bot())
  return {
    ground: [
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
                '--stop-with-parent',
              ],
              {},
              (line) => (line.startsWith('ready ') ? { url: line.slice('ready '.length) } : undefined),
            ),
          ]),
      ...(settings.DATABASE_URL
        ? []
        : [
            spec('postgres', [root('apps/continuum/src/postgres-process.ts')], {
              POSTGRES_DATA: data.postgres,
              POSTGRES_PORT: String(settings.POSTGRES_PORT),
              LOG_LEVEL: settings.LOG_LEVEL,
              STOP_WITH_PARENT: 'true',
            }),
          ]),
    ],
    services: () => [
      spec('lax', [root('apps/lax/src/main.ts')], environments.lax()),
      spec('journal', [root('apps/journal/src/main.ts')], environments.journal()),
      spec('dashboard', [root('apps/dashboard/src/main.ts')], environments.dashboard()),
    ],
    bot: () => ['decider', 'worker', 'queue-worker', 'workflow-starter'].map(bot),
  }
}

/** The log line by which every service of ours says that it answers. */
function readyInLog(line: string): { url?: string } | undefined {
  if (!line.includes('"event":"ready"')) return undefined
  const url = /"url":"([^"]+)"/.exec(line)?.[1]
  return url === undefined ? {} : { url }
}
