import type { StarterMessage } from '@continuum/messages'
import type { ISql } from 'postgres'
import type { ArticleRequest } from '../derive/history/model.ts'

/** A stored request. */
export interface StoredRequest extends ArticleRequest {
  article: string
  forced: boolean
  /** A UUID shared by requests that were made together. */
  batch: string
}

const columns = (sql: ISql) => sql`
  id::float8, batch, kind, article, version, run, forced, requested_by as by,
  floor(extract(epoch from requested_at) * 1000)::float8 as at, result, reason as message, why`

/** A request to be stored. */
export interface NewRequest extends Omit<StoredRequest, 'id' | 'at' | 'message' | 'why'> {
  /** Unix milliseconds; defaults to now. */
  at?: number
  /** The reason of a refusal, or empty. */
  reason: string
  /** The reason that the author gives, or empty. */
  why?: string | undefined
  /** The message for the outbox to send. */
  message?: StarterMessage
}

/** Inserts a request with its result. */
export async function insertRequest(sql: ISql, request: NewRequest): Promise<void> {
  const { batch, kind, article, version, run, forced, by, at, result, reason, message, why = '' } = request
  const text = message === undefined ? null : JSON.stringify(message)
  await sql`
    insert into request (batch, kind, article, version, run, forced, requested_by, requested_at, result, reason, message, why)
    values (
      ${batch}, ${kind}, ${article}, ${version}, ${run}, ${forced}, ${by},
      ${at === undefined ? sql`clock_timestamp()` : new Date(at)}, ${result}, ${reason}, ${text}::text::json, ${why}
    )`
}

/** Selects the requests about an article, oldest first. */
export async function requestsOf(sql: ISql, article: string): Promise<StoredRequest[]> {
  return sql<StoredRequest[]>`select ${columns(sql)} from request where article = ${article} order by id`
}

/** Selects the requests that were made together, in order. */
export async function requestsOfBatch(sql: ISql, batch: string): Promise<StoredRequest[]> {
  return sql<StoredRequest[]>`select ${columns(sql)} from request where batch = ${batch} order by id`
}

/** A request whose message waits to be sent. */
export interface UnsentRequest {
  readonly id: number
  readonly batch: string
  readonly message: StarterMessage
}

/** Locks unsent requests for this transaction, oldest first, and skips those that others have locked. */
export async function lockUnsent(sql: ISql, limit: number): Promise<UnsentRequest[]> {
  return sql<UnsentRequest[]>`
    select id::float8, batch, message from request
    where result <> 'error' and message is not null and sent_at is null
    order by id limit ${limit} for update skip locked`
}

/** Marks the request's message as sent. */
export async function markSent(sql: ISql, id: number): Promise<void> {
  await sql`update request set sent_at = clock_timestamp() where id = ${id}`
}
