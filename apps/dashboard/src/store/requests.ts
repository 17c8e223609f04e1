import type { StarterMessage } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { PublicationRequest } from '../derive/words.ts'

/** A request as it is kept. */
export interface KeptRequest extends PublicationRequest {
  article: string
  forced: boolean
}

type Row = Omit<KeptRequest, 'at'> & { at: number }

const columns = (sql: ISql) => sql`
  id::float8, article, version, run, forced, requested_by as by,
  floor(extract(epoch from requested_at) * 1000)::float8 as at, result, reason as message`

/** Keeps a request with its result; `message`, where there is one, is then to be sent (see the outbox). */
export async function keepRequest(
  sql: ISql,
  request: Omit<KeptRequest, 'id' | 'at' | 'message'> & { batch: string; reason: string; message?: StarterMessage },
): Promise<void> {
  const { batch, article, version, run, forced, by, result, reason, message } = request
  const text = message === undefined ? null : JSON.stringify(message)
  await sql`
    insert into publication_request (batch, article, version, run, forced, requested_by, result, reason, message)
    values (${batch}, ${article}, ${version}, ${run}, ${forced}, ${by}, ${result}, ${reason}, ${text}::text::json)`
}

/** Who asked to publish this article, oldest first. */
export async function requestsOf(sql: ISql, article: string): Promise<KeptRequest[]> {
  return sql<Row[]>`select ${columns(sql)} from publication_request where article = ${article} order by id`
}

/** What was asked for in one go, in the order asked. */
export async function requestsOfBatch(sql: ISql, batch: string): Promise<KeptRequest[]> {
  return sql<Row[]>`select ${columns(sql)} from publication_request where batch = ${batch} order by id`
}

/** Requests whose messages are not sent yet, oldest first, locked for this transaction; others' locked ones are left out. */
export async function takeUnsent(sql: ISql, limit: number): Promise<{ id: number; message: StarterMessage }[]> {
  return sql<{ id: number; message: StarterMessage }[]>`
    select id::float8, message from publication_request
    where result = 'queued' and sent_at is null
    order by id limit ${limit} for update skip locked`
}

export async function markSent(sql: ISql, id: number): Promise<void> {
  await sql`update publication_request set sent_at = clock_timestamp() where id = ${id}`
}
