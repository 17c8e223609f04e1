import type { Sql, TransactionSql } from 'postgres'
import { changesChannel, type Change } from './apply-change.ts'

/** A poller, with the time at which it last heard from its queue or task list. */
export interface PollerLook {
  readonly name: string
  readonly lastSignOfLife: string
}

/** The answer of a process about one of its services. Instants are ISO 8601. */
export interface ProcessAnswer {
  readonly service: string
  /** Drawn at each start of the process. */
  readonly instance: string
  /** Its health port, as `host:port`. */
  readonly address: string
  readonly version: string | null
  readonly ready: boolean
  readonly startedAt: string
  readonly memoryBytes: number
  readonly cpuSeconds: number
  readonly pollers: readonly PollerLook[]
}

/** The last look at it. */
export interface ProcessLook extends Omit<ProcessAnswer, 'cpuSeconds'> {
  readonly lastSeen: string
  /** The share of a processor that it used between the last two looks; null after the first. */
  readonly cpuShare: number | null
}

/** Looks are a minute apart. Who misses one may be busy; who misses two in a row is gone. */
export const goneAfterMilliseconds = 90_000

/**
 * Stores what processes said, with the time of the look in unix milliseconds, and forgets those that are gone for a day. Browsers are notified
 * of what is new, gone or forgotten since the look before; not of every look.
 */
export async function recordProcessLooks(sql: Sql, answers: readonly ProcessAnswer[], at: number): Promise<void> {
  const lastSeen = new Date(at).toISOString()
  await sql.begin(async (transaction) => {
    const [newest] = await transaction<{ before: Date | null }[]>`select max(last_seen) as before from process_look`
    const before = newest?.before?.getTime() ?? at
    const forgotten = await transaction`
      delete from process_look where last_seen < ${lastSeen}::timestamptz - interval '1 day' returning 1`
    const rows = answers.map((each) => ({
      service: each.service,
      instance: each.instance,
      address: each.address,
      version: each.version,
      ready: each.ready,
      started_at: each.startedAt,
      last_seen: lastSeen,
      memory_bytes: each.memoryBytes,
      cpu_seconds: each.cpuSeconds,
      pollers: transaction.json(each.pollers.map(({ name, lastSignOfLife }) => ({ name, lastSignOfLife }))),
    }))
    if (rows.length === 0) {
      if (forgotten.length > 0) await notify(transaction)
      return
    }
    // Two dashboards may look at the same time: what was seen later counts.
    const stored = await transaction<{ is_new: boolean }[]>`
      insert into process_look ${transaction(rows)}
      on conflict (service, instance) do update set address = excluded.address, ready = excluded.ready,
        last_seen = excluded.last_seen, memory_bytes = excluded.memory_bytes, cpu_seconds = excluded.cpu_seconds,
        cpu_share = greatest(0, (excluded.cpu_seconds - process_look.cpu_seconds)
          / extract(epoch from excluded.last_seen - process_look.last_seen)),
        pollers = excluded.pollers
      where process_look.last_seen < excluded.last_seen
      returning cpu_share is null as is_new`
    const gone = await transaction`
      select 1 from process_look
      where last_seen < ${new Date(at - goneAfterMilliseconds)} and last_seen >= ${new Date(before - goneAfterMilliseconds)}`
    if (forgotten.length > 0 || gone.length > 0 || stored.some((row) => row.is_new)) await notify(transaction)
  })
}

async function notify(sql: TransactionSql): Promise<void> {
  await sql`select pg_notify(${changesChannel}, ${JSON.stringify({ article: null } satisfies Change)})`
}

/** Selects what is known of all processes: those that run, and those that are gone since less than a day. */
export async function processLooks(sql: Sql): Promise<ProcessLook[]> {
  const rows = await sql<
    (Omit<ProcessLook, 'startedAt' | 'lastSeen' | 'memoryBytes'> & { started: Date; seen: Date; memory: number })[]
  >`
    select service, instance, address, version, ready, started_at as started, last_seen as seen,
      memory_bytes::float8 as memory, cpu_share as "cpuShare", pollers
    from process_look order by service, started_at, instance`
  return rows.map(({ started, seen, memory, ...row }) => ({
    ...row,
    startedAt: started.toISOString(),
    lastSeen: seen.toISOString(),
    memoryBytes: memory,
  }))
}
