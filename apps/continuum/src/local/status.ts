import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { askAws, askPostgres, askService, patienceMilliseconds, type Answer } from './health-check.ts'
import { openDataFolder, secretsOf, type DataFolder } from './data-directory.ts'
import { isRunning, readProcesses, type RunningProcesses } from './orphans.ts'
import { processEntry } from './process-table.ts'
import { Refusal } from '../errors/user-error.ts'

/** What `continuum status --json` prints. */
export interface EnvironmentStatus {
  readonly since: string
  readonly addresses: Readonly<Record<string, string>>
  readonly processes: readonly ProcessStatus[]
  /** Null where the dashboard does not tell. */
  readonly articles: readonly ArticleStatus[] | null
}

export interface ProcessStatus {
  readonly name: string
  readonly pid: number | null
  readonly restarts: number
  /** `hangs`: it is there, and answers nobody; `gone`: it has died and is not started again yet. */
  readonly state: 'ok' | 'failing' | 'starting' | 'hangs' | 'gone'
  /** What is wrong with it, where that is known. */
  readonly problem: string | null
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
    articlesNow(data, running).catch(() => null),
  ])
  return { since: running.since, addresses: running.addresses, processes, articles }
}

async function processStatus(recorded: RunningProcesses['processes'][number]): Promise<ProcessStatus> {
  const entry = recorded.pid === undefined ? undefined : processEntry(recorded.pid)
  const known = {
    name: recorded.name,
    pid: entry ? (recorded.pid ?? null) : null,
    restarts: recorded.restarts,
    megabytes: entry ? Math.round(entry.memory / 1e6) : null,
  }
  if (!entry) return { ...known, state: 'gone', problem: null, lastSignOfLife: null }
  const answer = recorded.url === undefined ? undefined : await askerOf(recorded.name)(recorded.url)
  const age = Date.now() - Date.parse(recorded.startedAt)
  return { ...known, ...judge(answer, { ready: recorded.ready !== false, age }) }
}

/** How a process is asked how it is. */
function askerOf(name: string): (url: string) => Promise<Answer> {
  if (name === 'aws-local') return askAws
  return name === 'postgres' ? askPostgres : askService
}

/** After this long a process that has not said that it is ready is not starting any more, in milliseconds. */
const longestStart = 60_000

/**
 * What the answer of a process that is there means.
 *
 * @param answer undefined where its address is not known yet
 * @param known whether it has said since its start that it is ready, and how long ago that start was, in milliseconds
 */
export function judge(
  answer: Answer | undefined,
  known: { ready: boolean; age: number },
): Pick<ProcessStatus, 'state' | 'problem' | 'lastSignOfLife'> {
  if (answer?.kind === 'well') {
    return { state: 'ok', problem: null, lastSignOfLife: answer.lastSignOfLife ?? new Date().toISOString() }
  }
  const lastSignOfLife = null
  if (!known.ready && known.age < longestStart) return { state: 'starting', problem: null, lastSignOfLife }
  if (answer?.kind === 'unwell') return { state: 'failing', problem: `it says: ${answer.reason}`, lastSignOfLife }
  if (answer?.kind === 'closed') return { state: 'failing', problem: 'nobody listens at its address', lastSignOfLife }
  const waited = `${patienceMilliseconds / 1000} s`
  const problem = answer ? `it takes connections and did not answer for ${waited}` : 'it never said that it is ready'
  return { state: 'hangs', problem, lastSignOfLife }
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
    signal: AbortSignal.timeout(patienceMilliseconds),
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
    instant === null ? 'none' : `${Math.max(0, Math.round((now - Date.parse(instant)) / 1000))} s ago`
  const lines = [
    `Running since ${status.since}`,
    '',
    ...Object.entries(status.addresses).map(([name, url]) => `  ${name.padEnd(18)} ${url}`),
    '',
    `  ${'process'.padEnd(18)} ${'state'.padEnd(9)} ${'sign of life'.padEnd(13)} restarts   memory  pid`,
    ...status.processes.map(
      (each) =>
        `  ${each.name.padEnd(18)} ${each.state.padEnd(9)} ${age(each.lastSignOfLife).padEnd(13)} ${String(each.restarts).padStart(8)} ${`${each.megabytes ?? '-'} MB`.padStart(8)}  ${each.pid ?? '-'}${each.problem ? `  ${each.problem}` : ''}`,
    ),
    '',
    articlesHeading(status.articles),
    ...(status.articles ?? []).map(
      (each) => `  ${each.articleId} v${each.version}  ${each.doing}${each.since ? `, since ${each.since}` : ''}`,
    ),
  ]
  return lines.join('\n')
}

function articlesHeading(articles: EnvironmentStatus['articles']): string {
  if (articles === null) return '  What the articles are doing is not known: the dashboard does not tell.'
  return articles.length === 0 ? '  No article is under way.' : '  Articles under way:'
}
