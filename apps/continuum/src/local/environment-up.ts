import { createClients, namesOf, provision, type Provisioned } from '@continuum/aws-resources'
import { storageChoices, type Environment } from '@continuum/environments'
import { embeddedPostgresUrl } from '@continuum/service'
import { clearOrphans, writeProcesses } from './orphans.ts'
import { emptyDataFolder, secretsOf, type DataFolder } from './data-directory.ts'
import { lastWords } from '../supervisor/log-tail.ts'
import { addressesOf, type StartSettings } from './settings.ts'
import { refuseTakenPorts, type PortNeed } from './ports.ts'
import { localProcesses } from './processes.ts'
import { oneLine, Refusal } from '../errors/user-error.ts'
import type { Report } from '../feeding/report.ts'
import { supervise, type ProcessSpec, type Supervised, type SupervisorEvents } from '../supervisor/supervisor.ts'

/** The local environment, from its first process to its last. */
export interface LocalEnvironment {
  /** Settles when everything answers; rejects with `Refusal` when that can't be. */
  readonly up: Promise<void>
  /** Ends every process, also while they are being started: the bot and the services first, then what they stand on. */
  stop(): Promise<void>
}

const graceOf = { services: 2800, ground: 1500 }

/** Brings the whole local environment up. */
export function startEnvironment(
  environment: Environment,
  data: DataFolder,
  settings: StartSettings,
  report: Report,
  options: { fresh: boolean; watch: boolean; onKeepsDying: (name: string) => void },
): LocalEnvironment {
  const addresses = addressesOf(settings)
  const ground: Supervised[] = []
  const services: Supervised[] = []
  const since = new Date().toISOString()
  const stopping = new AbortController()

  const changed = () => {
    const processes = [...ground, ...services].map((each) => each.state())
    try {
      writeProcesses(data, { owner: process.pid, since, addresses: { ...addresses }, processes })
    } catch (error) {
      // Who asks for the status misses this; the processes themselves go on.
      report.say(oneLine(error))
    }
  }
  const events = { changed, died: deathNotices(data, report, options.onKeepsDying) }
  const begin = async (group: Supervised[], specs: readonly ProcessSpec[]) => {
    stopping.signal.throwIfAborted()
    const begun = specs.map((spec) => supervise(spec, events))
    group.push(...begun)
    changed()
    await Promise.all(begun.map((each) => each.ready))
  }
  const bringUp = async () => {
    await clearOrphans(data)
    if (options.fresh) emptyDataFolder(data)
    await refuseTakenPorts(portsOf(settings))
    const databaseUrl = () =>
      settings.DATABASE_URL ?? embeddedPostgresUrl({ dataDir: data.postgres, port: settings.POSTGRES_PORT })
    const specs = localProcesses(environment, settings, data, secretsOf(data), databaseUrl, options.watch)
    await begin(ground, specs.ground)
    // The services need the database alone, the bot what is provisioned.
    const answering = begin(services, specs.services())
    answering.catch(() => {})
    report.say(await provisionLocal(environment, addresses.aws))
    await Promise.all([answering, begin(services, specs.bot())])
  }
  return {
    up: bringUp(),
    async stop() {
      stopping.abort()
      await Promise.all(services.map((each) => each.stop(graceOf.services)))
      await Promise.all(ground.map((each) => each.stop(graceOf.ground)))
      if (ground.length + services.length > 0)
        writeProcesses(data, { owner: process.pid, since, addresses: { ...addresses }, processes: [] })
    },
  }
}

/** Tells a death once, and once more when it becomes a habit; the process is started again either way. */
function deathNotices(
  data: DataFolder,
  report: Report,
  onKeepsDying: (name: string) => void,
): SupervisorEvents['died'] {
  const told = new Set<string>()
  return (name, how, delay, keepsDying, lastLines) => {
    if (!keepsDying) {
      told.delete(name)
      report.say(`${name} died (${how}); started again in ${delay / 1000} s`)
    } else if (!told.has(name)) {
      told.add(name)
      const words = lastWords(lastLines).map((line) => `    ${line}`)
      report.say(
        `${name} keeps dying (${how}) and is started again ever slower. Its last words:\n${words.join('\n')}\n    (all of them: ${data.logs}/${name}.log)`,
      )
      onKeepsDying(name)
    }
  }
}

function portsOf(settings: StartSettings): PortNeed[] {
  return [
    ...(settings.AWS_ENDPOINT_URL ? [] : [{ port: settings.AWS_PORT, what: 'SWF, SQS and S3', setting: 'AWS_PORT' }]),
    { port: settings.DASHBOARD_PORT, what: 'dashboard', setting: 'DASHBOARD_PORT' },
    { port: settings.JOURNAL_PORT, what: 'journal', setting: 'JOURNAL_PORT' },
    { port: settings.LAX_PORT, what: 'lax', setting: 'LAX_PORT' },
    ...(settings.DATABASE_URL ? [] : [{ port: settings.POSTGRES_PORT, what: 'PostgreSQL', setting: 'POSTGRES_PORT' }]),
  ]
}

async function provisionLocal(environment: Environment, aws: string): Promise<string> {
  const counts = { made: 0, 'was there': 0, 'not offered': 0 }
  try {
    const clients = createClients({ region: environment.region })
    const count = ({ outcome }: Provisioned) => counts[outcome]++
    await provision(clients, namesOf(environment), count, storageChoices(environment))
  } catch (error) {
    throw new Refusal(`The environment "local" can't be provisioned at ${aws}: ${oneLine(error)}`)
  }
  return `Environment local provisioned: ${counts.made} made, ${counts['was there']} were there`
}
