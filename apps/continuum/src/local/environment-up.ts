import { createClients, hasTls, namesOf, provision, type Provisioned } from '@continuum/aws-resources'
import { storageChoices, type Environment } from '@continuum/environments'
import { clearOrphans, writeProcesses } from './orphans.ts'
import { databaseAddress, databaseUsers, sharedUser } from './database-users.ts'
import { clearDataDirectory, secretsOf, type DataDirectory } from './data-directory.ts'
import { healthPorts } from './health-ports.ts'
import { logTail } from '../supervisor/log-tail.ts'
import { addressesOf, type StartSettings } from './settings.ts'
import { refuseTakenPorts, type PortNeed } from './ports.ts'
import { localProcesses, type Running } from './processes.ts'
import { oneLine } from '../errors/one-line.ts'
import { UserError } from '../errors/user-error.ts'
import type { Report } from '../feeding/report.ts'
import { supervisePostgres, type PostgresSpec } from '../supervisor/supervise-postgres.ts'
import { supervise, type ProcessSpec, type Supervised, type SupervisorEvents } from '../supervisor/supervisor.ts'

/** The local environment, from its first process to its last. */
export interface LocalEnvironment {
  /** Settles when everything answers; rejects with `UserError` when that can't be. */
  readonly up: Promise<void>
  /** Ends every process, also while they are being started: the bot and the services first, then what they stand on. */
  stop(): Promise<void>
}

const graceOf = { services: 2800, infrastructure: 1500 }

/** Brings the whole local environment up. */
export function startEnvironment(
  environment: Environment,
  data: DataDirectory,
  settings: StartSettings,
  report: Report,
  options: Running & { fresh: boolean; onCrashLoop: (name: string) => void },
): LocalEnvironment {
  const addresses = addressesOf(settings)
  const infrastructure: Supervised[] = []
  const services: Supervised[] = []
  const since = new Date().toISOString()
  const stopping = new AbortController()

  const changed = () => {
    const processes = [...infrastructure, ...services].flatMap((each) => each.states())
    try {
      writeProcesses(data, { owner: process.pid, since, addresses: { ...addresses }, processes })
    } catch (error) {
      // `continuum status` misses this change; the processes themselves go on.
      report.say(oneLine(error))
    }
  }
  const events = { changed, died: crashReports(data, report, options.onCrashLoop) }
  const begin = async (group: Supervised[], specs: readonly ProcessSpec[], postgres?: PostgresSpec) => {
    stopping.signal.throwIfAborted()
    const begun = specs.map((spec) => supervise(spec, events))
    if (postgres) begun.push(supervisePostgres(postgres, events))
    group.push(...begun)
    changed()
    await Promise.all(begun.map((each) => each.ready))
  }
  const bringUp = async () => {
    await clearOrphans(data)
    if (options.fresh) clearDataDirectory(data)
    await refuseTakenPorts(portsOf(settings, options))
    const secrets = secretsOf(data)
    const users = databaseUsers(secrets)
    const specs = localProcesses(environment, settings, data, secrets, users.urlOf, options)
    // Each waits for what it stands on, and for nothing else.
    const database = begin(infrastructure, [], specs.postgres).then(async () => {
      const adminUrl = databaseAddress(settings, data, settings.POSTGRES_PORT)
      if (!(await users.ensure(adminUrl))) report.say(sharedUser)
    })
    const provisioned = begin(infrastructure, specs.aws).then(async () =>
      report.say(await provisionLocal(environment, addresses.aws)),
    )
    await Promise.all([
      begin(infrastructure, [specs.standIns]),
      database.then(() => begin(services, specs.services())),
      Promise.all([database, provisioned]).then(() => begin(services, specs.bot())),
    ])
  }
  return {
    up: bringUp(),
    async stop() {
      stopping.abort()
      await Promise.all(services.map((each) => each.stop(graceOf.services)))
      await Promise.all(infrastructure.map((each) => each.stop(graceOf.infrastructure)))
      if (infrastructure.length + services.length > 0)
        writeProcesses(data, { owner: process.pid, since, addresses: { ...addresses }, processes: [] })
    },
  }
}

/** Reports a crash once, and once more when crashes repeat; the process is restarted either way. */
function crashReports(
  data: DataDirectory,
  report: Report,
  onCrashLoop: (name: string) => void,
): SupervisorEvents['died'] {
  const told = new Set<string>()
  return (name, how, delay, crashLooping, lastLines) => {
    if (!crashLooping) {
      told.delete(name)
      report.say(`${name} crashed (${how}); restarting in ${delay / 1000} s`)
    } else if (!told.has(name)) {
      told.add(name)
      const words = logTail(lastLines).map((line) => `    ${line}`)
      report.say(
        `${name} keeps crashing (${how}); restarting with back-off. Last log lines:\n${words.join('\n')}\n    (full log: ${data.logs}/${name}.log)`,
      )
      onCrashLoop(name)
    }
  }
}

function portsOf(settings: StartSettings, running: Running): PortNeed[] {
  const health = new Set(healthPorts(settings.HEALTH_PORT, running).map(({ port }) => port))
  return [
    ...(settings.AWS_ENDPOINT_URL ? [] : [{ port: settings.AWS_PORT, what: 'SWF, SQS and S3', setting: 'AWS_PORT' }]),
    { port: settings.DASHBOARD_PORT, what: 'dashboard', setting: 'DASHBOARD_PORT' },
    { port: settings.JOURNAL_PORT, what: 'journal', setting: 'JOURNAL_PORT' },
    { port: settings.LAX_PORT, what: 'lax', setting: 'LAX_PORT' },
    { port: settings.API_PORT, what: 'API', setting: 'API_PORT' },
    { port: settings.METRICS_PORT, what: 'metrics', setting: 'METRICS_PORT' },
    { port: settings.DEPOSITS_PORT, what: 'deposits', setting: 'DEPOSITS_PORT' },
    ...[...health].map((port) => ({ port, what: 'health and metrics', setting: 'HEALTH_PORT' })),
    ...['HTTP', 'SFTP', 'FTP', 'SMTP'].map((protocol, offset) => ({
      port: settings.STANDINS_PORT + offset,
      what: `recipients' stand-ins, ${protocol}`,
      setting: 'STANDINS_PORT',
    })),
    ...(settings.DATABASE_URL ? [] : [{ port: settings.POSTGRES_PORT, what: 'PostgreSQL', setting: 'POSTGRES_PORT' }]),
  ]
}

async function provisionLocal(environment: Environment, aws: string): Promise<string> {
  const counts = { created: 0, unchanged: 0, 'not supported': 0 }
  try {
    const clients = createClients({ region: environment.region })
    const count = ({ outcome }: Provisioned) => counts[outcome]++
    await provision(clients, namesOf(environment), count, storageChoices(environment), hasTls(aws))
  } catch (error) {
    throw new UserError(`Can't provision the environment "local" at ${aws}: ${oneLine(error)}`)
  }
  return `Environment local provisioned: ${counts.created} created, ${counts.unchanged} existed`
}
