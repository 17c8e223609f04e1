import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { namesOf } from '@continuum/aws-resources'
import {
  databaseServiceOf,
  processNames,
  serviceNameOf,
  settingsFor,
  shared,
  sharedName,
  sharedProcesses,
  type Environment,
  type ProcessContext,
  type ProcessName,
} from '@continuum/environments'
import { createLogger, serviceUserUrl, settingsPrefix, startEmbeddedPostgres } from '@continuum/service'
import type { Container, Task } from './kept.ts'
import { freePorts } from './ports.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const here = '127.0.0.1'

/** The variables that differ between this machine and AWS: addresses and shutdown. All others are the task's own. */
const ofTheMachine = [
  'HOST',
  'PORT',
  'HEALTH_HOST',
  'HEALTH_PORT',
  'PROCESSES',
  'STOP_SECONDS',
  'STOP_WITH_PARENT',
  'LAX_URL',
  'SITE_URL',
  'PREVIEW_BASE_URL',
  'DASHBOARD_URL',
  'CDN_URL',
  'METRICS_URL',
  'DEPOSITS_URL',
  'API_URL',
  'DATABASE_URL',
]

/** An environment's processes, running on this machine. */
export interface Running extends AsyncDisposable {
  readonly urls: ProcessContext['addresses']
  /** The output of the processes, to find out why something failed. */
  log(): string
}

/**
 * Runs the tasks of an environment as ECS would, each with its command, variables and secrets, but with a local PostgreSQL and local
 * addresses; AWS is at `aws`. Provisions nothing.
 */
export async function runTasks(
  tasks: readonly Task[],
  options: { environment: Environment; aws: string; folder: string },
): Promise<Running> {
  const { environment, aws, folder } = options
  const [dashboard = 0, journal = 0, lax = 0, api = 0, metrics = 0, deposits = 0] = await freePorts(6)
  const at = (port: number) => `http://${here}:${port}`
  const urls = {
    dashboard: at(dashboard),
    journal: at(journal),
    lax: at(lax),
    api: at(api),
    metrics: at(metrics),
    deposits: at(deposits),
    cdn: `${aws}/${namesOf(environment).buckets.cdn}`,
  }
  const logger = createLogger({ service: 'postgres', level: 'warn' })
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port: 0, logger, throwAway: true })
  const contextOf = (task: Task, process: ProcessName): ProcessContext => ({
    addresses: urls,
    database: { url: userUrl(task, process, postgres.url) },
    machine: { host: here, ports: { 'dashboard-web': dashboard, journal, lax, api, metrics, deposits } },
  })
  const lines: string[] = []
  const listen = (child: ChildProcess, name: string) => {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => lines.push(`${name}: ${bytes}`))
    return child
  }
  for (const each of tasks.flatMap(({ before }) => before))
    await makeUser(listen(startAs(each, postgres.url), each.name))
  const children = tasks.map((task) => {
    const machines = processesOf(task).map((process) => {
      const { variables } = settingsFor(process, { ...environment, stopSeconds: 3 }, contextOf(task, process))
      const own = Object.entries(variables).filter(([name]) => ofTheMachine.includes(name))
      return [process, Object.fromEntries(own)] as const
    })
    return listen(start(task, aws, shared(new Map(machines))), task.name)
  })
  return {
    urls,
    log: () => lines.join(''),
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(stop))
      await postgres.stop()
    },
  }
}

function start({ command, variables }: Task, aws: string, machine: Record<string, string>): ChildProcess {
  const [, ...args] = command
  const own = Object.entries(variables).filter(([name]) => !isOfTheMachine(name))
  const credentials = { AWS_ENDPOINT_URL: aws, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  // Only the task's own variables, not those of the test.
  const env = { PATH: process.env['PATH'], ...credentials, ...Object.fromEntries(own), ...machine }
  return spawn(process.execPath, args, { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** True for a variable that another takes the place of here, be it for all services of a process or for one of them. */
function isOfTheMachine(name: string): boolean {
  const prefixes = ['', ...processNames.map((process) => settingsPrefix(serviceNameOf(process)))]
  return prefixes.some((prefix) =>
    [...ofTheMachine, 'DATABASE_PASSWORD_SECRET'].some((each) => name === `${prefix}${each}`),
  )
}

/** Starts the container that makes a database user, with the server here in RDS's place. */
function startAs({ command, variables }: Container, masterUrl: string): ChildProcess {
  const [, ...args] = command
  const { password } = new URL(masterUrl)
  const env = { PATH: process.env['PATH'], ...variables, DATABASE_URL: masterUrl, DATABASE_PASSWORD: password }
  return spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function makeUser(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`A database user was not made: exit code ${code}`)
}

/** The database as the user that a container made for the service of a process. */
function userUrl({ before }: Task, process: ProcessName, masterUrl: string): string {
  const made = before.find(({ variables }) => variables['SERVICE_SCHEMA'] === databaseServiceOf(process))
  const { SERVICE_SCHEMA: schema = '', SERVICE_PASSWORD: password = '' } = made?.variables ?? {}
  return schema === '' ? masterUrl : serviceUserUrl(masterUrl, { schema, password })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 5000)
  await once(child, 'close')
  clearTimeout(late)
}

/** The processes of a container. */
function processesOf({ name }: Task): readonly ProcessName[] {
  if (name === sharedName) return sharedProcesses
  const found = processNames.find((each) => each === name)
  if (found === undefined) throw new Error(`There is no process ${name}`)
  return [found]
}
