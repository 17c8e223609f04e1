import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { openDataFolder, secretsOf, type DataFolder } from './data-folder.ts'
import { isRunning, readProcesses, type RunningProcesses } from './orphans.ts'
import { processEntry } from './process-table.ts'
import { Refusal } from './refusal.ts'

/** What `continuum status --json` prints. */
export interface EnvironmentStatus {
  readonly since: string
  readonly addresses: Readonly<Record<string, string>>
  readonly processes: readonly ProcessStatus[]
  readonly articles: readonly ArticleStatus[]
}

export interface ProcessStatus {
  readonly name: string
  readonly pid: number | null
  readonly restarts: number
  readonly state: 'ok' | 'failing' | 'starting' | 'gone'
  /** The instant at which it last showed that it works; null where it has not yet. */
  readonly lastSignOfLife: string | null
  readonly megabytes: number | null
}

export interface ArticleStatus {
  readonly articleId: string
  readonly version: number
  readonly doing: string
  readonly since: string | null
}

/** What runs on a data folder, as its start wrote it down. Throws `Refusal` where nothing does. */
export function runningOn(folder: string, base: string): { data: DataFolder; running: RunningProcesses } {
  const data = openDataFolder(folder, base)
  const running = readProcesses(data)
  if (!running || !isRunning(running)) throw new Refusal(`Nothing runs on ${data.path}. Start it: npm start`)
  return { data, running }
}

/** Asks what runs on a data folder. Throws `Refusal` where nothing does. */
export async function environmentStatus(folder: string, base: string): Promise<EnvironmentStatus> {
  const { data, running } = runningOn(folder, base)
  const [processes, articles] = await Promise.all([
    Promise.all(running.processes.map(processStatus)),
    articlesNow(data, running).catch(() => []),
  ])
  return { since: running.since, addresses: running.addresses, processes, articles }
}

const ServiceStatus = Type.Object({
  status: Type.String(),
  last_sign_of_life: Type.Optional(Type.String()),
})

async function processStatus(recorded: RunningProcesses['processes'][number]): Promise<ProcessStatus> {
  const entry = recorded.pid === undefined ? undefined : processEntry(recorded.pid)
  const known = {
    name: recorded.name,
    pid: entry ? (recorded.pid ?? null) : null,
    restarts: recorded.restarts,
    megabytes: entry ? Math.round(entry.memory / 1e6) : null,
  }
  if (!entry) return { ...known, state: 'gone', lastSignOfLife: null }
  // aws-local speaks only AWS's protocols, PostgreSQL only its own: what they are asked through them tells that they live.
  const url = recorded.name === 'aws-local' || recorded.name === 'postgres' ? undefined : recorded.url
  if (url === undefined)
    return {
      ...known,
      state: recorded.url || recorded.name === 'postgres' ? 'ok' : 'starting',
      lastSignOfLife: new Date().toISOString(),
    }
  try {
    const reply = await fetch(`${url}/status`, { signal: AbortSignal.timeout(3000) })
    const said = Value.Parse(ServiceStatus, await reply.json())
    return {
      ...known,
      state: said.status === 'ok' ? 'ok' : 'failing',
      lastSignOfLife: said.last_sign_of_life ?? new Date().toISOString(),
    }
  } catch {
    return { ...known, state: 'starting', lastSignOfLife: null }
  }
}

const Row = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  'event-type': Type.Optional(Type.String()),
  'event-status': Type.Optional(Type.String()),
  'event-timestamp': Type.Optional(Type.Number()),
  'publication-status': Type.Optional(Type.String()),
})
const Current = Type.Record(Type.String(), Type.Array(Row))

/** What the dashboard's list says of each article that is not published. */
async function articlesNow(data: DataFolder, running: RunningProcesses): Promise<ArticleStatus[]> {
  const reply = await fetch(`${running.addresses['dashboard']}/api/current`, {
    headers: { authorization: `Bearer ${secretsOf(data)['dashboard-token']}` },
    signal: AbortSignal.timeout(3000),
  })
  const current = Value.Parse(Current, await reply.json())
  return Object.entries(current).flatMap(([section, rows]) => rows.map((row) => articleStatus(section, row)))
}

function articleStatus(section: string, row: Static<typeof Row>): ArticleStatus {
  const step = row['event-type'] ? `${row['event-type']} (${row['event-status']})` : 'no event yet'
  const doing =
    section === 'uir'
      ? 'ready to publish'
      : section === 'error'
        ? `failed at ${row['event-type']}`
        : section === 'scheduled'
          ? 'scheduled'
          : step
  const at = row['event-timestamp']
  return {
    articleId: row.id,
    version: row.version,
    doing,
    since: at === undefined ? null : new Date(at * 1000).toISOString(),
  }
}

/** The same for a person's eye. */
export function statusText(status: EnvironmentStatus, now: number): string {
  const age = (instant: string | null) =>
    instant === null ? 'none yet' : `${Math.max(0, Math.round((now - Date.parse(instant)) / 1000))} s ago`
  const lines = [
    `Running since ${status.since}`,
    '',
    ...Object.entries(status.addresses).map(([name, url]) => `  ${name.padEnd(18)} ${url}`),
    '',
    `  ${'process'.padEnd(18)} ${'state'.padEnd(9)} ${'sign of life'.padEnd(13)} restarts   memory  pid`,
    ...status.processes.map(
      (each) =>
        `  ${each.name.padEnd(18)} ${each.state.padEnd(9)} ${age(each.lastSignOfLife).padEnd(13)} ${String(each.restarts).padStart(8)} ${`${each.megabytes ?? '-'} MB`.padStart(8)}  ${each.pid ?? '-'}`,
    ),
    '',
    status.articles.length === 0 ? '  No article is under way.' : '  Articles under way:',
    ...status.articles.map(
      (each) => `  ${each.articleId} v${each.version}  ${each.doing}${each.since ? `, since ${each.since}` : ''}`,
    ),
  ]
  return lines.join('\n')
}
