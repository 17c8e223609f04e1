import type { StarterMessage } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { ArticleRequest } from '../derive/history/model.ts'

/** A request as it is kept. */
export interface StoredRequest extends ArticleRequest {
  article: string
  forced: boolean
}

const columns = (sql: ISql) => sql`
  id::float8, kind, article, version, run, forced, requested_by as by,
  floor(extract(epoch from requested_at) * 1000)::float8 as at, result, reason as message`

/** A request that is to be kept. */
export interface NewRequest extends Omit<StoredRequest, 'id' | 'at' | 'message'> {
  /** A UUID that groups what was asked for in one go. */
  batch: string
  /** Unix milliseconds; the moment of keeping where it is absent. */
  at?: number
  /** Why it was refused; else empty. */
  reason: string
  /** What is then to be sent (see the outbox). */
  message?: StarterMessage
}

/** Keeps a request with its result. */
export async function insertRequest(sql: ISql, request: NewRequest): Promise<void> {
  const { batch, kind, article, version, run, forced, by, at, result, reason, message } = request
  const text = message === undefined ? null : JSON.stringify(message)
  await sql`
    insert into request (batch, kind, article, version, run, forced, requested_by, requested_at, result, reason, message)
    values (
      ${batch}, ${kind}, ${article}, ${version}, ${run}, ${forced}, ${by},
      ${at === undefined ? sql`clock_timestamp()` : new Date(at)}, ${result}, ${reason}, ${text}::text::json
    )`
}

/** Who asked for something about this article, oldest first. */
export async function requestsOf(sql: ISql, article: string): Promise<StoredRequest[]> {
  return sql<StoredRequest[]>`select ${columns(sql)} from request where article = ${article} order by id`
}

/** What was asked for in one go, in the order asked. */
export async function requestsOfBatch(sql: ISql, batch: string): Promise<StoredRequest[]> {
  return sql<StoredRequest[]>`select ${columns(sql)} from request where batch = ${batch} order by id`
}

/** Requests whose messages are not sent yet, oldest first, locked for this transaction; others' locked ones are left out. */
export async function lockUnsent(sql: ISql, limit: number): Promise<{ id: number; message: StarterMessage }[]> {
  return sql<{ id: number; message: StarterMessage }[]>`
    select id::float8, message from request
    where result = 'queued' and sent_at is null
    order by id limit ${limit} for update skip locked`
}

export async function markSent(sql: ISql, id: number): Promise<void> {
  await sql`update request set sent_at = clock_timestamp() where id = ${id}`
}
