import type { UnidentifiedDelivery } from '@continuum/messages'
import type { ISql } from 'postgres'

/** Unidentified deliveries of one kind: from one source and for one reason, whatever names and numbers it mentions. */
export interface UnidentifiedGroup {
  readonly count: number
  /** The newest of them. */
  readonly newest: UnidentifiedDelivery
  readonly firstReceived: string
  readonly lastReceived: string
}

/** The kind of a delivery: its source and its reason, without what is in quotation marks and without numbers. */
const kind = (sql: ISql) => sql`
  message.body ->> 'source',
  regexp_replace(regexp_replace(message.body ->> 'reason', '"[^"]*"', '"…"', 'g'), '[0-9]+', '0', 'g')`

const open = (sql: ISql) => sql`
  message.kind = 'unidentified-delivery'
  and not exists (select from dismissal where dismissal.message_id = message.message_id)`

/** Selects those that are not dismissed, one entry for each kind, newest first. */
export async function openUnidentified(sql: ISql): Promise<UnidentifiedGroup[]> {
  const rows = await sql<{ count: number; newest: UnidentifiedDelivery; first: Date; last: Date }[]>`
    select count(*)::int as count, (array_agg(body order by sequence desc))[1] as newest,
      min(received) as first, max(received) as last
    from message where ${open(sql)}
    group by ${kind(sql)} order by max(sequence) desc limit 100`
  return rows.map(({ count, newest, first, last }) => ({
    count,
    newest,
    firstReceived: first.toISOString(),
    lastReceived: last.toISOString(),
  }))
}

/**
 * Dismisses an unidentified delivery and all of its kind that came before it: they leave the list and stay in the feed. Those
 * that have come since are new to whoever dismisses. Returns how many were dismissed.
 */
export async function dismissUnidentified(sql: ISql, messageId: string, by: string): Promise<number> {
  const { count } = await sql`
    insert into dismissal (message_id, dismissed_by)
    select message.message_id, ${by}
    from message, (select ${kind(sql)}, sequence from message where message_id = ${messageId}) as newest (source, reason, until)
    where ${open(sql)} and sequence <= until and (${kind(sql)}) = (newest.source, newest.reason)
    on conflict do nothing`
  return count
}
