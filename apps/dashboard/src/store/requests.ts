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
  floor(extract(epoch from requested_at) * 1000)::float8 as at, result, reason as message, why,
  floor(extract(epoch from held_until) * 1000)::float8 as "heldUntil", sent_at is not null as sent`

/** A request to be stored. */
export interface NewRequest extends Omit<StoredRequest, 'id' | 'at' | 'message' | 'why' | 'heldUntil' | 'sent'> {
  /** Unix milliseconds; defaults to now. */
  at?: number
  /** The reason of a refusal, or empty. */
  reason: string
  /** The reason that the author gives, or empty. */
  why?: string | undefined
  /** The message for the outbox to send. */
  message?: StarterMessage
  /** It is sent this many seconds later, and can be taken back until then. */
  holdSeconds?: number | undefined
}

/** Inserts a request with its result. */
export async function insertRequest(sql: ISql, request: NewRequest): Promise<void> {
  const { batch, kind, article, version, run, forced, by, at, result, reason, message, why = '' } = request
  const hold = request.holdSeconds ?? null
  const text = message === undefined ? null : JSON.stringify(message)
  await sql`
    insert into request (batch, kind, article, version, run, forced, requested_by, requested_at, result, reason, message, why, held_until)
    values (
      ${batch}, ${kind}, ${article}, ${version}, ${run}, ${forced}, ${by},
      ${at === undefined ? sql`clock_timestamp()` : new Date(at)}, ${result}, ${reason}, ${text}::text::json, ${why},
      clock_timestamp() + ${hold}::float8 * interval '1 second'
    )`
}

/** Selects the requests about articles, oldest first. */
export async function requestsOf(sql: ISql, articles: readonly string[]): Promise<StoredRequest[]> {
  return sql<StoredRequest[]>`
    select ${columns(sql)} from request where article = any(${[...articles]}::text[]) order by id`
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
  readonly article: string
  readonly held: boolean
}

/** Locks unsent requests that are no longer held for this transaction, oldest first, and skips those that others have locked. */
export async function lockUnsent(sql: ISql, limit: number): Promise<UnsentRequest[]> {
  return sql<UnsentRequest[]>`
    select id::float8, batch, message, article, held_until is not null as held from request
    where result not in ('error', 'cancelled') and message is not null and sent_at is null
      and (held_until is null or held_until <= clock_timestamp())
    order by id limit ${limit} for update skip locked`
}

/** Marks the request's message as sent. */
export async function markSent(sql: ISql, id: number): Promise<void> {
  await sql`update request set sent_at = clock_timestamp() where id = ${id}`
}

/** Selects the articles of a batch that a request waits for in it, held or not yet sent. */
export async function articlesHeld(sql: ISql, batch: string): Promise<string[]> {
  const rows = await sql<{ article: string }[]>`
    select distinct article from request
    where batch = ${batch} and held_until is not null and result = 'queued' and sent_at is null order by article`
  return rows.map(({ article }) => article)
}

/**
 * Cancels the held requests of a batch about an article. One that is being sent is waited for, and is not cancelled.
 *
 * @returns the runs that will not be published
 */
export async function cancelHeld(
  sql: ISql,
  batch: string,
  article: string,
): Promise<{ version: number; run: string }[]> {
  return sql<{ version: number; run: string }[]>`
    update request set result = 'cancelled'
    where batch = ${batch} and article = ${article} and held_until is not null and result = 'queued' and sent_at is null
    returning version, run`
}
