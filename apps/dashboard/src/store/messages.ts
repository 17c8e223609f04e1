import type { DashboardMessage } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { Received } from '../derive/history/model.ts'

/** A message of the feed. */
export type FeedItem = DashboardMessage & { sequence: number; kind: DashboardMessage['message_type'] }

/** A message, and the time at which the queue accepted it, in unix milliseconds. */
export interface Arrival {
  readonly message: DashboardMessage
  readonly sent: number
}

/**
 * Inserts the messages that are not stored yet, in order.
 *
 * @returns the article of each inserted message, or null where it is about none
 */
export async function insertMessages(sql: ISql, arrivals: readonly Arrival[]): Promise<(string | null)[]> {
  const given = arrivals.map(({ message, sent }) => ({
    message_id: message.message_id,
    kind: message.message_type,
    article: message.message_type === 'unidentified-delivery' ? null : message.item_identifier,
    sent: new Date(sent),
    body: message,
  }))
  const rows = await sql<{ article: string | null }[]>`
    insert into message (message_id, kind, article, sent, body)
    select message_id, kind, article, sent, body
    from rows from (
      json_to_recordset(${JSON.stringify(given)}::text::json)
        as (message_id text, kind text, article text, sent timestamptz, body json)
    ) with ordinality order by ordinality
    on conflict (message_id) do nothing
    returning article`
  return rows.map(({ article }) => article)
}

/** Selects all messages about each of the articles. */
export async function messagesOf(sql: ISql, articles: readonly string[]): Promise<ReadonlyMap<string, Received[]>> {
  const rows = await sql<(Received & { article: string })[]>`
    select article, (extract(epoch from sent) * 1000)::float8 as sent, body as message
    from message where article = any(${[...articles]}::text[])`
  return Map.groupBy(rows, ({ article }) => article)
}

/**
 * Selects the messages after a sequence number, oldest first. Messages are inserted by one transaction at a time (see
 * `applyChange`), so no message is ever inserted before one that a reader has seen.
 */
export async function feedAfter(sql: ISql, after: number, limit: number): Promise<FeedItem[]> {
  const rows = await sql<{ sequence: number; kind: DashboardMessage['message_type']; body: DashboardMessage }[]>`
    select sequence::float8, kind, body from message where sequence > ${after} order by sequence limit ${limit}`
  return rows.map(({ sequence, kind, body }) => ({ ...body, sequence, kind }))
}

/** Returns the last sequence number, or 0. */
export async function feedEnd(sql: ISql): Promise<number> {
  const [row] = await sql<{ last: number }[]>`select coalesce(max(sequence), 0)::float8 as last from message`
  return row?.last ?? 0
}
