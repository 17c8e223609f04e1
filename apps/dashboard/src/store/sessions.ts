import type { ISql } from 'postgres'

/** Reads the content of a session, and stores that it was seen, once a minute; undefined for one that is expired or ended. */
export async function readSession<Content>(sql: ISql, key: string): Promise<Content | undefined> {
  const [row] = await sql<{ content: Content; old: boolean }[]>`
    select content, seen_at < now() - interval '1 minute' as old from session where key = ${key} and expires_at > now()`
  if (row?.old) await sql`update session set seen_at = now() where key = ${key}`
  return row?.content
}

/** Stores a session. Its expiry is set when an account is first in it, and stays. */
export async function writeSession(
  sql: ISql,
  session: { key: string; account: string | null; content: string; seconds: number },
): Promise<void> {
  const { key, account, content, seconds } = session
  await sql`
    insert into session (key, account, content, expires_at)
    values (${key}, ${account}, ${content}::text::json, now() + ${seconds} * interval '1 second')
    on conflict (key) do update set content = excluded.content, account = excluded.account,
      expires_at = case when session.account is null then excluded.expires_at else session.expires_at end`
}

/** Ends a session, and forgets those that are expired. */
export async function deleteSession(sql: ISql, key: string): Promise<void> {
  await sql`delete from session where key = ${key} or expires_at < now()`
}

/** A session of somebody, as pages list it. */
export interface OpenSession {
  readonly id: string
  readonly account: string
  /** ISO 8601 in UTC. */
  readonly openedAt: string
  readonly seenAt: string
  readonly means: string
  readonly address: string
  readonly agent: string
  readonly key: string
}

/**
 * Selects the sessions that are open, the last seen first.
 *
 * @param account only those of this account
 */
export async function openSessions(sql: ISql, account?: string): Promise<OpenSession[]> {
  const instant = (column: string) =>
    sql`to_char(${sql.unsafe(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  return sql<OpenSession[]>`
    select id, account, key, ${instant('opened_at')} as "openedAt", ${instant('seen_at')} as "seenAt",
      coalesce(content ->> 'means', '') as means, coalesce(content ->> 'address', '') as address,
      coalesce(content ->> 'agent', '') as agent
    from session where account is not null and expires_at > now()
      and ${account === undefined ? sql`true` : sql`account = ${account}`}
    order by session.seen_at desc, id limit 500`
}

/**
 * Ends a session, and returns whose it was; undefined if it is not open.
 *
 * @param account only a session of this account
 */
export async function endSession(sql: ISql, id: string, account?: string): Promise<string | undefined> {
  const [row] = await sql<{ account: string }[]>`
    delete from session where id = ${id} and account is not null
      and ${account === undefined ? sql`true` : sql`account = ${account}`}
    returning account`
  return row?.account
}
