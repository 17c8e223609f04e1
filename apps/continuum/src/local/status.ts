import { readAnswer, request } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { checkAws, checkPostgres, checkService, checkTimeoutMs, type HealthCheckResult } from './health-check.ts'
import { openDataDirectory, secretsOf, type DataDirectory } from './data-directory.ts'
import { isRunning, readProcesses, type RunningProcesses } from './orphans.ts'
import { processEntry } from './process-table.ts'
import { UsageState, usageStateText } from './usage-state.ts'
import { UserError } from '../errors/user-error.ts'

/** The output of `continuum status --json`. */
export interface EnvironmentStatus {
  readonly since: string
  readonly addresses: Readonly<Record<string, string>>
  readonly processes: readonly ProcessStatus[]
  /** Null if the dashboard does not answer. */
  readonly articles: readonly ArticleStatus[] | null
  /** The state of usage and the age of citations; null if the usage counter does not answer. */
  readonly usage: UsageState | null
}

export interface ProcessStatus {
  readonly name: string
  readonly pid: number | null
  readonly restarts: number
  /** `hangs`: it exists but answers nothing; `gone`: it has crashed and is not restarted yet. */
  readonly state: 'ok' | 'failing' | 'starting' | 'hangs' | 'gone'
  /** The reason why it is not healthy, if known. */
  readonly problem: string | null
  /** The last instant at which it proved that it works; null if it has not yet. */
  readonly lastSignOfLife: string | null
  readonly megabytes: number | null
}

export interface ArticleStatus {
  readonly articleId: string
  readonly version: number
  readonly doing: string
  readonly since: string | null
}

/** Reads which processes run on a data directory. Throws `UserError` if none do. */
export function runningOn(folder: string, base: string): { data: DataDirectory; running: RunningProcesses } {
  const data = openDataDirectory(folder, base)
  const running = readProcesses(data)
  if (!running || !isRunning(running))
    throw new UserError(`Nothing is running on ${data.path}. Start it with: npm start`)
  return { data, running }
}

/** Tells if an environment runs on a data directory. */
export function isRunningOn(folder: string, base: string): boolean {
  const running = readProcesses(openDataDirectory(folder, base))
  return running !== undefined && isRunning(running)
}

/** Checks every process that runs on a data directory. Throws `UserError` if none do. */
export async function environmentStatus(folder: string, base: string): Promise<EnvironmentStatus> {
  const { data, running } = runningOn(folder, base)
  const [processes, articles, usage] = await Promise.all([
    Promise.all(running.processes.map(processStatus)),
    articlesNow(data, running).catch(() => null),
    usageNow(data, running).catch(() => null),
  ])
  return { since: running.since, addresses: running.addresses, processes, articles, usage }
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
  const answer = recorded.url === undefined ? undefined : await healthCheckOf(recorded.name)(recorded.url)
  const age = Date.now() - Date.parse(recorded.startedAt)
  return { ...known, ...judge(answer, { ready: recorded.ready !== false, age }) }
}

/** The health check for a process. */
function healthCheckOf(name: string): (url: string) => Promise<HealthCheckResult> {
  if (name === 'aws-local' || name === 'stand-ins') return checkAws
  return name === 'postgres' ? checkPostgres : checkService
}

/** A process that has not reported ready after this many milliseconds is no longer starting. */
const maxStartMs = 60_000

/**
 * Interprets the health check of a process that exists.
 *
 * @param answer undefined where its address is not known yet
 * @param known whether it has said since its start that it is ready, and how long ago that start was, in milliseconds
 */
export function judge(
  answer: HealthCheckResult | undefined,
  known: { ready: boolean; age: number },
): Pick<ProcessStatus, 'state' | 'problem' | 'lastSignOfLife'> {
  if (answer?.kind === 'healthy') {
    return { state: 'ok', problem: null, lastSignOfLife: answer.lastSignOfLife ?? new Date().toISOString() }
  }
  const lastSignOfLife = null
  if (!known.ready && known.age < maxStartMs) return { state: 'starting', problem: null, lastSignOfLife }
  if (answer?.kind === 'unhealthy') return { state: 'failing', problem: `it reports: ${answer.reason}`, lastSignOfLife }
  if (answer?.kind === 'closed') return { state: 'failing', problem: 'nothing listens at its address', lastSignOfLife }
  const waited = `${checkTimeoutMs / 1000} s`
  const problem = answer ? `it accepts connections but did not answer within ${waited}` : 'it never reported ready'
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

/** The articles that are not published yet, from the dashboard's list. */
async function articlesNow(data: DataDirectory, running: RunningProcesses): Promise<ArticleStatus[]> {
  const answer = await request({
    service: 'the dashboard',
    url: `${running.addresses['dashboard']}/api/current`,
    headers: { authorization: `Bearer ${secretsOf(data)['dashboard-token']}` },
    timeoutMilliseconds: checkTimeoutMs,
  })
  const current = readAnswer(Current, answer)
  if (current === undefined) throw new Error(`The dashboard's list answers ${answer.status}`)
  return Object.entries(current).flatMap(([section, rows]) => rows.map((row) => articleStatus(section, row)))
}

/** Reads the state of usage, as the usage counter says it. */
async function usageNow(data: DataDirectory, running: RunningProcesses): Promise<UsageState | null> {
  const answer = await request({
    service: 'the usage counter',
    url: `${running.addresses['metrics']}/usage/state`,
    headers: { authorization: `Bearer ${secretsOf(data)['metrics-token']}` },
    timeoutMilliseconds: checkTimeoutMs,
  })
  return readAnswer(UsageState, answer) ?? null
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

/** The status as text for a person. */
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
      (each, index) =>
        `  ${each.name.padEnd(18)} ${each.state.padEnd(9)} ${age(each.lastSignOfLife).padEnd(13)} ${String(each.restarts).padStart(8)} ${memoryText(status, index).padStart(8)}  ${each.pid ?? '-'}${each.problem ? `  ${each.problem}` : ''}`,
    ),
    '',
    articlesHeading(status.articles),
    ...(status.articles ?? []).map(
      (each) => `  ${each.articleId} v${each.version}  ${each.doing}${each.since ? `, since ${each.since}` : ''}`,
    ),
    ...(status.usage ? ['', usageStateText(status.usage, now)] : []),
  ]
  return lines.join('\n')
}

/** The memory of a process, once: of others that share it, `shared`. */
function memoryText({ processes }: EnvironmentStatus, index: number): string {
  const { pid, megabytes } = processes[index] ?? { pid: null, megabytes: null }
  if (pid !== null && processes.findIndex((other) => other.pid === pid) < index) return 'shared'
  return `${megabytes ?? '-'} MB`
}

function articlesHeading(articles: EnvironmentStatus['articles']): string {
  if (articles === null) return '  The state of the articles is unknown: the dashboard does not answer.'
  return articles.length === 0 ? '  No articles in progress.' : '  Articles in progress:'
}
