import type { DashboardMessage } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { Received } from '../derive/history/model.ts'

/** A message of the feed: everything that arrived, in order. */
export type FeedItem = DashboardMessage & { sequence: number; kind: DashboardMessage['message_type'] }

/**
 * Keeps a message, once.
 *
 * @param sent when the queue took it, in unix milliseconds
 * @returns its place in the order of arrival, or undefined where it had arrived before
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

/** All that was said of an article. */
export async function messagesOf(sql: ISql, article: string): Promise<Received[]> {
  return sql<Received[]>`
    select (extract(epoch from sent) * 1000)::float8 as sent, body as message from message where article = ${article}`
}

/**
 * What arrived after a place in the order of arrival, oldest first. Messages are taken in one transaction at a time (see
 * `applyChange`), so a place that a reader has passed is never filled later.
 */
export async function feedAfter(sql: ISql, after: number, limit: number): Promise<FeedItem[]> {
  const rows = await sql<{ sequence: number; kind: DashboardMessage['message_type']; body: DashboardMessage }[]>`
    select sequence::float8, kind, body from message where sequence > ${after} order by sequence limit ${limit}`
  return rows.map(({ sequence, kind, body }) => ({ ...body, sequence, kind }))
}

/** The place of what arrived last; 0 where nothing did. */
export async function feedEnd(sql: ISql): Promise<number> {
  const [row] = await sql<{ last: number }[]>`select coalesce(max(sequence), 0)::float8 as last from message`
  return row?.last ?? 0
}
