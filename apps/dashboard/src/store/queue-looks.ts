import type { QueueRole, QueueStatus } from '@continuum/aws-resources'
import type { Sql } from 'postgres'

/** The last look at a queue. Instants are ISO 8601. */
export interface QueueLook {
  readonly queue: QueueRole
  readonly lookedAt: string
  readonly waiting: number
  readonly underWay: number
  readonly dead: number
  /** No message on the queue is older; null while it is empty. */
  readonly notEmptySince: string | null
}

/** Stores what was seen of the queues, with the time of the look in unix milliseconds. */
export async function recordQueueLooks(sql: Sql, depths: readonly QueueStatus[], at: number): Promise<void> {
  const lookedAt = new Date(at)
  const rows = depths.flatMap(({ role, messages }) =>
    messages
      ? {
          queue: role,
          looked_at: lookedAt.toISOString(),
          waiting: messages.waiting,
          under_way: messages.underWay,
          dead: messages.dead,
          not_empty_since: messages.waiting + messages.underWay > 0 ? lookedAt.toISOString() : null,
        }
      : [],
  )
  if (rows.length === 0) return
  // While it was empty at the look before, a message may have come right after that.
  await sql`
    insert into queue_look ${sql(rows)}
    on conflict (queue) do update set looked_at = excluded.looked_at, waiting = excluded.waiting,
      under_way = excluded.under_way, dead = excluded.dead,
      not_empty_since = case when excluded.not_empty_since is null then null
        else coalesce(queue_look.not_empty_since, queue_look.looked_at) end`
}

/** Selects what was last seen of all queues. */
export async function queueLooks(sql: Sql): Promise<QueueLook[]> {
  const rows = await sql<(Omit<QueueLook, 'lookedAt' | 'notEmptySince'> & { looked: Date; since: Date | null })[]>`
    select queue, looked_at as looked, waiting, under_way as "underWay", dead, not_empty_since as since from queue_look`
  return rows.map(({ looked, since, ...row }) => ({
    ...row,
    lookedAt: looked.toISOString(),
    notEmptySince: since?.toISOString() ?? null,
  }))
}
