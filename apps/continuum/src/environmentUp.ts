import { createClients, provision } from '@continuum/aws-resources'
import { embeddedPostgresUrl } from '@continuum/service'
import { clearOrphans, writeProcesses } from './orphans.ts'
import { emptyDataFolder, secretsOf, type DataFolder } from './dataFolder.ts'
import { lastWords } from './lastWords.ts'
import { addressesOf, localNames, type StartSettings } from './localEnvironment.ts'
import { refuseTakenPorts } from './ports.ts'
import { localProcesses } from './processes.ts'
import { oneLine, Refusal } from './refusal.ts'
import type { Report } from './report.ts'
import { supervise, type ProcessSpec, type Supervised } from './supervisor.ts'

/** The local environment while it runs. */
export interface RunningEnvironment {
  /** Ends every process: the bot and the services first, then what they stand on. */
  stop(): Promise<void>
}

const graceOf = { services: 2800, ground: 1500 }

/** Brings the whole local environment up; what went wrong so that it can't is a `Refusal`. */
export async function startEnvironment(
  data: DataFolder,
  settings: StartSettings,
  report: Report,
  options: { fresh: boolean; onKeepsDying: (name: string) => void },
): Promise<RunningEnvironment> {
  await clearOrphans(data)
  if (options.fresh) emptyDataFolder(data)
  const addresses = addressesOf(settings)
  await refuseTakenPorts([
    ...(settings.AWS_ENDPOINT_URL ? [] : [{ port: settings.AWS_PORT, what: 'SWF, SQS and S3', setting: 'AWS_PORT' }]),
    { port: settings.DASHBOARD_PORT, what: 'dashboard', setting: 'DASHBOARD_PORT' },
    { port: settings.JOURNAL_PORT, what: 'journal', setting: 'JOURNAL_PORT' },
    { port: settings.LAX_PORT, what: 'lax', setting: 'LAX_PORT' },
    ...(settings.DATABASE_URL ? [] : [{ port: settings.POSTGRES_PORT, what: 'PostgreSQL', setting: 'POSTGRES_PORT' }]),
  ])
  const databaseUrl = () =>
    settings.DATABASE_URL ?? embeddedPostgresUrl({ dataDir: data.postgres, port: settings.POSTGRES_PORT })
  const specs = localProcesses(settings, data, secretsOf(data), databaseUrl)
  const ground: Supervised[] = []
  const services: Supervised[] = []
  const since = new Date().toISOString()

  const changed = () =>
    writeProcesses(data, {
      owner: process.pid,
      since,
      addresses: { ...addresses },
      processes: [...ground, ...services].map((each) => each.state()),
    })
  const told = new Set<string>()
  const died = (name: string, how: string, delay: number, keepsDying: boolean, lastLines: readonly string[]) => {
    if (!keepsDying) {
      told.delete(name)
      report.say(`${name} died (${how}); started again in ${delay / 1000} s`)
    } else if (!told.has(name)) {
      // Said once: it is tried again, ever slower, until it lives.
      told.add(name)
      const words = lastWords(lastLines).map((line) => `    ${line}`)
      report.say(
        `${name} keeps dying (${how}) and is started again ever slower. Its last words:\n${words.join('\n')}\n    (all of them: ${data.logs}/${name}.log)`,
      )
      options.onKeepsDying(name)
    }
  }
  const begin = (group: Supervised[], toStart: readonly ProcessSpec[]) => {
    const begun = toStart.map((spec) => supervise(spec, { changed, died }))
    group.push(...begun)
    changed()
    return Promise.all(begun.map((each) => each.ready))
  }
  const stop = async () => {
    await Promise.all(services.map((each) => each.stop(graceOf.services)))
    await Promise.all(ground.map((each) => each.stop(graceOf.ground)))
    writeProcesses(data, { owner: process.pid, since, addresses: { ...addresses }, processes: [] })
  }

  try {
    await begin(ground, specs.ground)
    const answering = begin(services, specs.services())
    const made = await provisionLocal(settings)
    report.say(made)
    await Promise.all([answering, begin(services, specs.bot())])
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

async function provisionLocal(settings: StartSettings): Promise<string> {
  const counts = { made: 0, 'was there': 0 }
  try {
    await provision(
      createClients({ region: settings.AWS_REGION }),
      localNames,
      (progress) => counts[progress.outcome]++,
    )
  } catch (error) {
    throw new Refusal(`The environment "local" can't be provisioned at ${addressesOf(settings).aws}: ${oneLine(error)}`)
  }
  return `Environment local provisioned: ${counts.made} made, ${counts['was there']} were there`
}
