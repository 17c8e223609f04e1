import type { Sql } from '@continuum/service'
import type { TransactionSql } from 'postgres'
import { fromDate, toDate } from '../rules/instants.ts'

/** SQS keeps a message for 14 days at most, so none is received after that. */
const keptHours = 15 * 24

/**
 * Keeps the reply to a message in the transaction of the change that it tells of, and forgets those that no message can need.
 *
 * @throws a unique violation where another process has handled the message: the transaction is rolled back
 */
export async function keepReply(
  tx: TransactionSql,
  messageId: string,
  { body, at }: { body: string; at: Temporal.Instant },
): Promise<void> {
  await tx`insert into queue_reply (message_id, body, at) values (${messageId}, ${body}, ${toDate(at)})`
  await tx`delete from queue_reply where at < ${toDate(at.subtract({ hours: keptHours }))}`
}

/** Finds the reply to a message whose change was made already. */
export async function keptReply(sql: Sql, messageId: string): Promise<string | undefined> {
  const [row] = await sql<{ body: string }[]>`select body from queue_reply where message_id = ${messageId}`
  return row?.body
}

/** The instant at which a version became public; undefined where it is not. */
export async function publicationDate(
  sql: Sql,
  article: string,
  version: number,
): Promise<Temporal.Instant | undefined> {
  const [row] = await sql<{ date: Date }[]>`
    select date from content where article = ${article} and version = ${version} and stage = 'published'`
  return row && fromDate(row.date)
}
