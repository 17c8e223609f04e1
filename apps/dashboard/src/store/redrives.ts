import type { QueueRole } from '@continuum/aws-resources'
import type { ISql } from 'postgres'

/** A request to give a dead letter, or all of a queue, back to the queue. Instants are ISO 8601. */
export interface Redrive {
  readonly id: number
  readonly queue: QueueRole
  /** The id of the message; null for all of the queue. */
  readonly message: string | null
  readonly by: string
  readonly at: string
  readonly why: string
  readonly result: 'queued' | 'done' | 'refused'
  /** The reason of a refusal. */
  readonly reason: string
}

const columns = (sql: ISql) => sql`
  id::float8, queue, message, requested_by as by, why, result, reason,
  to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`

/** Stores a request, to be done next. */
export async function insertRedrive(
  sql: ISql,
  { queue, message, by, why }: Pick<Redrive, 'queue' | 'message' | 'by' | 'why'>,
): Promise<void> {
  await sql`insert into redrive (queue, message, requested_by, why) values (${queue}, ${message}, ${by}, ${why})`
}

/** Selects the ids of the requests that are not done yet, the oldest first. */
export async function queuedRedrives(sql: ISql): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`select id::float8 from redrive where result = 'queued' order by id`
  return rows.map(({ id }) => id)
}

/** A request that is locked for this transaction. */
export interface LockedRedrive extends Redrive {
  /** Seconds since it was asked for. */
  readonly age: number
}

/** Locks a request that is not done yet for this transaction; undefined where somebody else does it, or did it. */
export async function lockRedrive(sql: ISql, id: number): Promise<LockedRedrive | undefined> {
  const [row] = await sql<LockedRedrive[]>`
    select ${columns(sql)}, extract(epoch from clock_timestamp() - requested_at)::float8 as age
    from redrive where id = ${id} and result = 'queued' for update skip locked`
  return row
}

/** Stores what became of a request: it is done, or refused for a reason. */
export async function endRedrive(sql: ISql, id: number, reason?: string): Promise<void> {
  await sql`
    update redrive set result = ${reason === undefined ? 'done' : 'refused'}, reason = ${reason ?? ''},
      ended_at = clock_timestamp()
    where id = ${id}`
}

/** Selects the newest requests about a queue, the newest first. */
export async function redrivesOf(sql: ISql, queue: QueueRole, limit: number): Promise<Redrive[]> {
  return sql<Redrive[]>`select ${columns(sql)} from redrive where queue = ${queue} order by id desc limit ${limit}`
}
