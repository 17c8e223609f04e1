import type { DashboardMessage } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { Received } from '../derive/history/model.ts'

/** A message of the feed. */
export type FeedItem = DashboardMessage & { sequence: number; kind: DashboardMessage['message_type'] }

/**
 * Inserts a message, unless it is already stored.
 *
 * @param sent the time at which the queue accepted it, in unix milliseconds
 * @returns its sequence number, or undefined if it was already stored
 */
export async function insertMessage(sql: ISql, message: DashboardMessage, sent: number): Promise<number | undefined> {
  const article = message.message_type === 'unidentified-delivery' ? null : message.item_identifier
  const [row] = await sql<{ sequence: number }[]>`
    insert into message (message_id, kind, article, sent, body)
    values (${message.message_id}, ${message.message_type}, ${article}, ${new Date(sent)}, ${JSON.stringify(message)}::text::json)
    on conflict (message_id) do nothing
    returning sequence::float8`
  return row?.sequence
}

/** Selects all messages about an article. */
export async function messagesOf(sql: ISql, article: string): Promise<Received[]> {
  return sql<Received[]>`
    select (extract(epoch from sent) * 1000)::float8 as sent, body as message from message where article = ${article}`
}

/**
 * Selects the messages after a sequence number, oldest first. Messages are inserted in one transaction at a time (see
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
