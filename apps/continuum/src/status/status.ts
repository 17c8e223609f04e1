import { readAnswer, request } from '@continuum/service'
import { Type, type Static } from 'typebox'
import { depthsOf, type QueueStatus } from '@continuum/aws-resources'
import { secretsOf, type DataDirectory } from '../local/data-directory.ts'
import type { RunningProcesses } from '../local/orphans.ts'
import { processEntry } from '../local/process-table.ts'
import { runningOn } from '../local/running.ts'
import { askingAws } from '../local/running-aws.ts'
import { checkAws, checkPostgres, checkService, checkTimeoutMs, type HealthCheckResult } from './health-check.ts'
import { judge, tellCauses, type Judged, type ProcessStatus } from './judge-process.ts'
import { knownProcess, KnownProcesses, type KnownProcess } from './known-processes.ts'
import { UsageState } from './usage-state.ts'

/** The output of `continuum status --json`. */
export interface EnvironmentStatus {
  readonly since: string
  readonly addresses: Readonly<Record<string, string>>
  readonly processes: readonly ProcessStatus[]
  /** The messages of each queue and its dead letters; null if SQS does not answer. */
  readonly queues: readonly QueueStatus[] | null
  /** Null if the dashboard does not answer. */
  readonly articles: readonly ArticleStatus[] | null
  /** The state of usage and the age of citations; null if the usage counter does not answer. */
  readonly usage: UsageState | null
}

export interface ArticleStatus {
  readonly articleId: string
  readonly version: number
  readonly doing: string
  readonly since: string | null
}

/** Checks every process that runs on a data directory. Throws `UserError` if none do. */
export async function environmentStatus(folder: string, base: string): Promise<EnvironmentStatus> {
  const { data, running } = runningOn(folder, base)
  const [processes, known, queues, articles, usage] = await Promise.all([
    Promise.all(running.processes.map(processStatus)),
    processesNow(data, running).catch(() => null),
    queuesNow(folder, base).catch(() => null),
    articlesNow(data, running).catch(() => null),
    usageNow(data, running).catch(() => null),
  ])
  return {
    since: running.since,
    addresses: running.addresses,
    processes: tellCauses(processes.map((each) => ({ ...each, ...knownProcess(known, each.name) }))),
    queues,
    articles,
    usage,
  }
}

function queuesNow(data: string, base: string): Promise<readonly QueueStatus[]> {
  const signal = AbortSignal.timeout(checkTimeoutMs)
  return askingAws({ env: 'local', data, base }, ({ clients: { sqs }, names }) => depthsOf(sqs, names, signal))
}

async function processStatus(
  recorded: RunningProcesses['processes'][number],
): Promise<Omit<Judged, keyof KnownProcess>> {
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

const Row = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  'event-type': Type.Optional(Type.String()),
  'event-status': Type.Optional(Type.String()),
  'event-timestamp': Type.Optional(Type.Number()),
  'publication-status': Type.Optional(Type.String()),
})
const Current = Type.Record(Type.String(), Type.Array(Row))

/** The processes with their versions and restarts, as the dashboard's page shows them. */
async function processesNow(data: DataDirectory, running: RunningProcesses): Promise<KnownProcesses | null> {
  const answer = await request({
    service: 'the dashboard',
    url: `${running.addresses['dashboard']}/api/processes`,
    headers: { authorization: `Bearer ${secretsOf(data)['dashboard-token']}` },
    timeoutMilliseconds: checkTimeoutMs,
  })
  return readAnswer(KnownProcesses, answer) ?? null
}

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
