import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import type { Query } from './pipeline.ts'

/** The channel on which every process hears that there is something to send. */
export const outboxChannel = 'lax_outbox'

/** A change of an article that others are to be told of. */
export interface Notification {
  /** Equal where the same change is told twice. */
  readonly change: string
  readonly article: string
}

/**
 * The queries that write into the outbox that an article has changed, and with it those that are related to it, by either of the two: each once
 * in a transaction. They are sent after its commit.
 */
export function announce(tx: TransactionSql, article: string): [Query, Query] {
  return [
    tx`
      insert into outbox (article)
      select ${article} union all
      (
        select distinct article from content
        where article <> ${article} and article = any (array(
          select article from content where related @> array[${article}]
          union
          select unnest(related) from content where article = ${article}
        ))
        order by article
      )
      on conflict (transaction, article) do nothing`,
    tx`select pg_notify(${outboxChannel}, '')`,
  ]
}

/**
 * Sends what is in the outbox, the oldest first. A row is deleted after it was sent: where the process dies in between, or the
 * commit fails, it is sent again, by the same id. Of several processes each sends other rows.
 *
 * @param send throws where the notification could not be sent; it and what follows stay in the outbox
 * @returns the number of notifications sent
 */
export async function sendOutbox(sql: Sql, send: (notification: Notification) => Promise<void>): Promise<number> {
  let sent = 0
  while (await sendOne(sql, send)) sent++
  return sent
}

function sendOne(sql: Sql, send: (notification: Notification) => Promise<void>): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [row] = await tx<({ sequence: string } & Notification)[]>`
      select sequence, change, article from outbox order by sequence limit 1 for update skip locked`
    if (!row) return false
    await send(row)
    await tx`delete from outbox where sequence = ${row.sequence}`
    return true
  })
}

/** Counts what is in the outbox, and tells for how many seconds the oldest has waited. */
export async function outboxBacklog(sql: Sql): Promise<{ waiting: number; oldestSeconds: number }> {
  const [found] = await sql<{ waiting: number; oldestSeconds: number }[]>`
    select count(*)::int as waiting, coalesce(extract(epoch from now() - min(at)), 0)::float8 as "oldestSeconds" from outbox`
  return found ?? { waiting: 0, oldestSeconds: 0 }
}
